using IotGateway.Storage.Files;
using LiteDB;
using LiteDB.Engine;

namespace IotGateway.Storage.Documents;

/// <summary>
/// A LiteDB file that changes as a whole: its write-ahead log is in memory, and each change is copied into the file at once, through a
/// journal beside it. So a crash or a power cut leaves the file as one change or the one before left it. Each page has a checksum, apart
/// from it, that is written with the same change: all pages are held against them as the file is opened, and each one whenever it is read
/// again. Documents are <see cref="BsonDocument"/>s, without a mapper. Changes come from one thread at a time; reads may come from others.
/// </summary>
public sealed class DocumentFile : IDisposable
{
    private const string NeverByItself = "CHECKPOINT";

    private readonly JournaledFile _file;
    private readonly LiteDatabase _database;

    /// <summary>
    /// Opens a file, made with its folder when absent. One whose pages have no checksums is copied into one that has them,
    /// for which there must be room.
    /// </summary>
    /// <param name="file">Its path; the journal lies beside it, <c>-log</c> in its name.</param>
    /// <exception cref="DocumentDamageException">The file is not as it was written.</exception>
    /// <exception cref="IOException">The system refused, or another process has the file open.</exception>
    public DocumentFile(string file)
    {
        Files.DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _file = new JournaledFile(file);
        LiteDatabase? database = null;
        try
        {
            // Binary: by default names that differ in case alone would be one, and the file would belong to the machine's culture.
            _database = database = new LiteDatabase(new LiteEngine(new EngineSettings
            {
                DataStream = _file,
                LogStream = new LogMemory(),
                TempStream = new MemoryStream(),
                Collation = Collation.Binary,
            }));

            // By hand only: by itself LiteDB would copy into the file what is not a change's end.
            if (database.Pragma(NeverByItself).AsInt32 != 0)
            {
                database.Pragma(NeverByItself, 0);
                database.Checkpoint();
            }
        }
        catch
        {
            database?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    /// <summary>A collection, made by the first change that writes into it.</summary>
    /// <param name="name">Letters and digits.</param>
    /// <returns>Its documents, each under its <c>_id</c>.</returns>
    public ILiteCollection<BsonDocument> Collection(string name) => _database.GetCollection(name, BsonAutoId.ObjectId);

    /// <summary>Makes a change, whole and durable when it returns; nothing of it where <paramref name="write"/> throws.</summary>
    /// <param name="write">Writes into collections of this file, on this thread.</param>
    /// <exception cref="DocumentDamageException">What it had to read is not as it was written.</exception>
    /// <exception cref="IOException">The disk refused. The file takes no change from then on; it is put right when it is opened
    /// anew.</exception>
    public void Change(Action write)
    {
        ArgumentNullException.ThrowIfNull(write);
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

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        try
        {
            _database.Dispose();
        }
        finally
        {
            _file.Dispose();
        }
    }
}
