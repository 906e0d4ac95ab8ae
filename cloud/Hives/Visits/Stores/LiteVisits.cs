using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Hives.Visits.Stores;

/// <summary>Visits in a file of this process, one LiteDB document a version, keyed by hive, visit and version.</summary>
internal sealed class LiteVisits(string file, DamagedStores? damaged = null) : IVisitStore, IDisposable
{
    /// <summary>Sorts behind every visit.</summary>
    private const string End = "~";

    private readonly WatchedDocuments _versions = new(file, "visits", damaged);

    /// <summary>Opens the file; a damaged one is set aside under a new name and a new one begun.</summary>
    public static LiteVisits Open(string file, TimeProvider time, ILogger<LiteVisits> log, DamagedStores? damaged = null) =>
        DamagedFile.Replace(file, () => new LiteVisits(file, damaged), time, (reason, aside) => log.SetAside(file, reason, aside));

    public Task<bool> AddAsync(SubjectId hive, KeptVisit visit, CancellationToken cancellation)
    {
        var (said, devices) = visit;
        var id = string.Create(CultureInfo.InvariantCulture, $"{Prefix(hive)}{said.Id}|{said.Version:0000}");
        return Task.FromResult(_versions.Change(versions =>
        {
            if (versions.FindById(id) is not null)
                return false;
            versions.Insert(new BsonDocument
            {
                ["_id"] = id,
                ["d"] = new BsonArray(devices.Select(d => new BsonValue(d.ToString()))),
                ["j"] = System.Text.Json.JsonSerializer.Serialize(said, VisitJson.Default.VisitVersion),
            });
            return true;
        }));
    }

    public Task<IReadOnlyList<VisitVersion>> AllAsync(SubjectId hive, CancellationToken cancellation) =>
        Task.FromResult(_versions.Read<IReadOnlyList<VisitVersion>>(versions =>
        [
            .. versions
                .Query()
                .Where(Query.And(Query.GTE("_id", Prefix(hive)), Query.LT("_id", Prefix(hive) + End)))
                .OrderBy("_id")
                .ToEnumerable()
                .Select(d => System.Text.Json.JsonSerializer.Deserialize(d["j"].AsString, VisitJson.Default.VisitVersion)!),
        ]));

    public Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation) =>
        Task.FromResult(_versions.Remove(device, delete));

    public void Dispose() => _versions.Dispose();

    private static string Prefix(SubjectId hive) => $"{hive}|";
}
