using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Hives.Visits.Stores;

/// <summary>Visits in a file of this process, one LiteDB document a version, keyed by hive, visit and version.</summary>
internal sealed class LiteVisits : IVisitStore, IDisposable
{
    /// <summary>Sorts behind every visit.</summary>
    private const string End = "~";

    private readonly DocumentFile _file;
    private readonly ILiteCollection<BsonDocument> _versions;
    private readonly Lock _write = new();
    private readonly string _path;
    private readonly DamagedStores? _damaged;

    /// <param name="file">The file; made when it is absent.</param>
    /// <param name="damaged">Told when a use failed for another reason than the disk's: the file is damaged, or may be.</param>
    public LiteVisits(string file, DamagedStores? damaged = null)
    {
        (_path, _damaged) = (file, damaged);
        _file = new DocumentFile(file);
        _versions = _file.Collection("visits");
    }

    /// <summary>Opens the file; a damaged one is set aside under a new name and a new one begun.</summary>
    public static LiteVisits Open(string file, TimeProvider time, ILogger<LiteVisits> log, DamagedStores? damaged = null) =>
        DamagedFile.Replace(file, () => OpenVerified(file, damaged), time, (reason, aside) => log.SetAside(file, reason, aside));

    public Task<bool> AddAsync(SubjectId hive, KeptVisit visit, CancellationToken cancellation)
    {
        var (said, devices) = visit;
        var id = string.Create(CultureInfo.InvariantCulture, $"{Prefix(hive)}{said.Id}|{said.Version:0000}");
        lock (_write)
        {
            if (Use(() => _versions.FindById(id)) is not null)
                return Task.FromResult(false);
            Change(() => _versions.Insert(new BsonDocument
            {
                ["_id"] = id,
                ["d"] = new BsonArray(devices.Select(d => new BsonValue(d.ToString()))),
                ["j"] = System.Text.Json.JsonSerializer.Serialize(said, VisitJson.Default.VisitVersion),
            }));
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<VisitVersion>> AllAsync(SubjectId hive, CancellationToken cancellation) =>
        Task.FromResult(Use<IReadOnlyList<VisitVersion>>(() =>
        [
            .. _versions
                .Query()
                .Where(Query.And(Query.GTE("_id", Prefix(hive)), Query.LT("_id", Prefix(hive) + End)))
                .OrderBy("_id")
                .ToEnumerable()
                .Select(d => System.Text.Json.JsonSerializer.Deserialize(d["j"].AsString, VisitJson.Default.VisitVersion)!),
        ]));

    public Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var name = new BsonValue(device.ToString());
        var ids = Use(() => _versions.FindAll().Where(d => d["d"].AsArray.Contains(name)).Select(d => d["_id"]).ToList());
        lock (_write)
        {
            if (delete && ids.Count > 0)
                Change(() => ids.ForEach(id => _versions.Delete(id)));
        }

        return Task.FromResult((long)ids.Count);
    }

    public void Dispose() => _file.Dispose();

    private static LiteVisits OpenVerified(string file, DamagedStores? damaged)
    {
        var store = new LiteVisits(file, damaged);
        try
        {
            store._versions.Count();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private void Change(Action write) => Use(() =>
    {
        _file.Change(write);
        return true;
    });

    private T Use<T>(Func<T> use) => _damaged is null ? use() : _damaged.Use(_path, use);

    private static string Prefix(SubjectId hive) => $"{hive}|";
}
