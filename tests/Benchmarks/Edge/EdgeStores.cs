using System.Buffers.Binary;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;
using LiteDB;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Benchmarks.Edge;

/// <summary>A store of batches, durable one by one: the buffer or one of its peers.</summary>
internal interface IEdgeStore : IDisposable
{
    void Append(byte[] payload);

    /// <summary>Reads up to <paramref name="batches"/> of the oldest batches and deletes them durably; answers how many.</summary>
    int Drain(int batches);

    long BytesWritten => 0;
}

/// <summary>The product's buffer, driven as the gateway's intake drives it: each append awaited, on its own thread.</summary>
internal sealed class BufferStore(string folder) : IEdgeStore
{
    private const string Uplink = "cloud";

    public BatchBuffer Buffer { get; } = BatchBuffer.Open(
        new BufferOptions { Directory = folder, MaxBytes = 64L << 30 }, [Uplink], TimeProvider.System, NullLogger.Instance);

    public long BytesWritten => Buffer.Status.BytesWritten;

    public void Append(byte[] payload) =>
        Wait(Buffer.AppendHereAsync(payload, EdgeSuite.ReadingsABatch, BatchKind.Ordinary, CancellationToken.None));

    public int Drain(int batches)
    {
        var read = Buffer.Read(Uplink, 1, batches, long.MaxValue);
        if (read.Count == 0)
            return 0;
        Wait(Buffer.AcknowledgeAsync(Uplink, read[0].Sequence, read[^1].Sequence, CancellationToken.None));
        Wait(Buffer.FlushAsync(CancellationToken.None));
        return read.Count;
    }

    public void Dispose() => Wait(Buffer.DisposeAsync().AsTask());

    private static void Wait(Task task)
    {
        // The benchmark's thread is the device: it waits for its acknowledgement.
        if (!task.IsCompleted)
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        if (task.IsFaulted)
            throw task.Exception;
    }
}

/// <summary>The limit: a zero-filled file, one CRC-framed record a batch, one write and one fdatasync.</summary>
internal sealed class SegmentStore(string folder) : IEdgeStore
{
    private const int SegmentBytes = 64 << 20;
    private readonly FolderDisk _disk = new(folder);
    private readonly byte[] _frame = new byte[64 << 10];
    private DiskFile? _segment;
    private long _at = SegmentBytes;
    private int _next;

    public void Append(byte[] payload)
    {
        var length = payload.Length + 8;
        if (_at + length > SegmentBytes)
            Roll();
        BinaryPrimitives.WriteInt32LittleEndian(_frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(4), LaneChecksum.Of(payload));
        payload.CopyTo(_frame, 8);
        _segment!.Write(_frame.AsSpan(0, length), _at);
        _segment.Sync();
        _at += length;
    }

    public int Drain(int batches) => throw new NotSupportedException();

    public void Dispose()
    {
        _segment?.Dispose();
        _disk.Dispose();
    }

    private void Roll()
    {
        // Two files in turn, filled with zeros when first made: the cost of a segment is not in the figure.
        _segment?.Dispose();
        var name = $"segment{_next++ % 2}";
        var made = _disk.Exists(name);
        _segment = _disk.Open(name);
        var zeros = new byte[1 << 20];
        for (var at = 0; !made && at < SegmentBytes; at += zeros.Length)
            _segment.Write(zeros, at);
        _segment.Sync();
        _at = 0;
    }
}

/// <summary>LiteDB as it comes: one document a batch in a file of its own.</summary>
internal sealed class StockLiteDbStore : IEdgeStore
{
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _batches;
    private long _next;

    public StockLiteDbStore(string folder)
    {
        _database = new LiteDatabase(Path.Combine(folder, "stock.db"));
        _batches = _database.GetCollection("batches", BsonAutoId.Int64);
    }

    public void Append(byte[] payload) => _batches.Insert(new BsonDocument { ["_id"] = ++_next, ["p"] = payload });

    public int Drain(int batches) => throw new NotSupportedException();

    public void Dispose() => _database.Dispose();
}

/// <summary>SQLite, one blob a batch, write-ahead log, synchronous=FULL.</summary>
internal sealed class SqliteStore : IEdgeStore
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _select;
    private readonly SqliteCommand _delete;

    public SqliteStore(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "peer.sqlite")};Pooling=False");
        _connection.Open();
        Command("PRAGMA journal_mode=WAL").ExecuteNonQuery();
        Command("PRAGMA synchronous=FULL").ExecuteNonQuery();
        Command("CREATE TABLE IF NOT EXISTS batches(id INTEGER PRIMARY KEY, p BLOB NOT NULL)").ExecuteNonQuery();
        _insert = Command("INSERT INTO batches(p) VALUES ($p)");
        _insert.Parameters.Add("$p", SqliteType.Blob);
        _select = Command("SELECT id, p FROM batches ORDER BY id LIMIT $n");
        _select.Parameters.Add("$n", SqliteType.Integer);
        _delete = Command("DELETE FROM batches WHERE id BETWEEN $a AND $b");
        _delete.Parameters.Add("$a", SqliteType.Integer);
        _delete.Parameters.Add("$b", SqliteType.Integer);
    }

    public void Append(byte[] payload)
    {
        _insert.Parameters[0].Value = payload;
        _insert.ExecuteNonQuery();
    }

    public int Drain(int batches)
    {
        _select.Parameters[0].Value = batches;
        var (count, first, last, bytes) = (0, 0L, 0L, 0L);
        using (var reader = _select.ExecuteReader())
        {
            while (reader.Read())
            {
                last = reader.GetInt64(0);
                first = first == 0 ? last : first;
                bytes += ((byte[])reader[1]).Length;
                count++;
            }
        }

        if (bytes == 0)
            return 0;
        (_delete.Parameters[0].Value, _delete.Parameters[1].Value) = (first, last);
        _delete.ExecuteNonQuery();
        return count;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _select.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
