using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Data;

/// <summary>
/// A room's documents in one LiteDB file of this process, under watch: a use that finds damage is told by the file's name. Each document
/// names in <c>d</c> the devices it is about, by which it is erased.
/// </summary>
internal sealed class WatchedDocuments : IDisposable
{
    private readonly DocumentFile _file;
    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly Lock _write = new();
    private readonly string _path;
    private readonly DamagedStores? _damaged;

    /// <summary>Opens the file and counts its documents, by which damage shows.</summary>
    /// <param name="file">The file; made when it is absent.</param>
    /// <param name="collection">The documents' collection in it.</param>
    /// <param name="damaged">Told when a use failed for another reason than the disk's: the file is damaged, or may be.</param>
    public WatchedDocuments(string file, string collection, DamagedStores? damaged)
    {
        (_path, _damaged) = (file, damaged);
        _file = new DocumentFile(file);
        try
        {
            _documents = _file.Collection(collection);
            _documents.Count();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public T Read<T>(Func<ILiteCollection<BsonDocument>, T> read) =>
        _damaged is null ? read(_documents) : _damaged.Use(_path, () => read(_documents));

    /// <summary>Makes one change at a time, durable when this returns.</summary>
    public T Change<T>(Func<ILiteCollection<BsonDocument>, T> change)
    {
        lock (_write)
        {
            return Read(documents =>
            {
                var changed = default(T)!;
                _file.Change(() => changed = change(documents));
                return changed;
            });
        }
    }

    /// <summary>Counts a device's documents and, where told to, removes them.</summary>
    public long Remove(DeviceId device, bool delete)
    {
        var name = new BsonValue(device.ToString());
        return Remove(d => d["d"].AsArray.Contains(name), delete);
    }

    /// <summary>The same for documents of which something holds. Looks at every one: an erasure trusts no list.</summary>
    public long Remove(Func<BsonDocument, bool> those, bool delete)
    {
        var ids = Read(documents => documents.FindAll().Where(those).Select(d => d["_id"]).ToList());
        if (delete && ids.Count > 0)
            Change(documents => ids.Count(id => documents.Delete(id)));
        return ids.Count;
    }

    public void Dispose() => _file.Dispose();
}
