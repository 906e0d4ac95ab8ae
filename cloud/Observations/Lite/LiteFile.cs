using LiteDB;
using LiteDB.Engine;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// The hot store's LiteDB over a <see cref="JournaledFile"/>: its write-ahead log is in memory, and each change is copied into the
/// file at once, as a whole. So a crash or a power cut leaves the file as one change or the one before left it.
/// </summary>
internal sealed class LiteFile : IDisposable
{
    /// <summary>Raised when documents mean something else than before; a file of another number is built anew.</summary>
    private const int Layout = 2;

    private readonly JournaledFile _file;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _meta;

    /// <exception cref="InvalidDataException">The file is of another layout.</exception>
    public LiteFile(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _file = new JournaledFile(file);
        LiteDatabase? database = null;
        try
        {
            // Binary: by default names that differ in case alone would be one, and the file would belong to the machine's culture.
            _database = database = new LiteDatabase(new LiteEngine(new EngineSettings
            {
                DataStream = _file,
                LogStream = new MemoryStream(),
                TempStream = new MemoryStream(),
                Collation = Collation.Binary,
            }));
            _meta = database.GetCollection("meta");
            CheckLayout();
        }
        catch
        {
            database?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    public DateTimeOffset? Position => _meta.FindById("position") is { } document ? new DateTimeOffset(document["t"].AsInt64, TimeSpan.Zero) : null;

    public ILiteCollection<BsonDocument> Collection(string name) => _database.GetCollection(name, BsonAutoId.ObjectId);

    public void WritePosition(DateTimeOffset position) => _meta.Upsert(new BsonDocument { ["_id"] = "position", ["t"] = position.UtcTicks });

    /// <summary>Makes a change, whole and durable when it returns.</summary>
    public void Change(Action write)
    {
        _database.BeginTrans();
        try
        {
            write();
            _database.Commit();
        }
        catch
        {
            _database.Rollback();
            throw;
        }

        _database.Checkpoint();
    }

    public void Dispose()
    {
        _database.Dispose();
        _file.Dispose();
    }

    private void CheckLayout()
    {
        var layout = _meta.FindById("layout")?["v"].AsInt32;
        if (layout is null && !_database.GetCollectionNames().Any())
        {
            // By hand only: by itself LiteDB would copy into the file what is not a change's end.
            _database.Pragma("CHECKPOINT", 0);
            Change(() => _meta.Insert(new BsonDocument { ["_id"] = "layout", ["v"] = Layout }));
        }
        else if (layout != Layout)
        {
            throw new InvalidDataException($"its layout is {layout?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an earlier one"}, this program's {Layout}");
        }
    }
}
