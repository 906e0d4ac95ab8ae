using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>The documents in the file. Every one begins with its <c>_id</c>, by which the salvage knows it again.</summary>
internal static class BatchDocuments
{
    public const string Ordinary = "places";
    public const string Alarms = "alarms";
    public const string State = "state";
    public const string Cursors = "cursors";
    public const string Losses = "losses";

    /// <summary>The last moment of a <see cref="DateTimeOffset"/>.</summary>
    public const long LatestTicks = 3155378975999999999;

    private const int NumberShift = 48;

    public static string Collection(BatchKind kind) => kind == BatchKind.Alarm ? Alarms : Ordinary;

    /// <summary>A batch's document, keyed by its slot; an alarm's by its sequence.</summary>
    public static BsonDocument Batch(BufferedBatch batch, long? slot)
    {
        var document = new BsonDocument { ["_id"] = slot ?? batch.Sequence };
        if (slot is not null)
            document["q"] = batch.Sequence;
        document["k"] = (int)batch.Kind;
        document["n"] = batch.Readings;
        document["t"] = batch.AppendedAt.UtcTicks;
        document["c"] = (long)Checksum(batch);
        document["p"] = Bytes(batch.Payload);
        return document;
    }

    /// <summary>The batch of a document; null where it does not match its checksum.</summary>
    public static BufferedBatch? Batch(BsonDocument document)
    {
        var sequence = document["q"].IsNull ? document["_id"] : document["q"];
        if (!sequence.IsInt64 || !document["k"].IsInt32 || !document["n"].IsInt32 || !document["t"].IsInt64 || !document["c"].IsInt64
            || !document["p"].IsBinary
            || document["t"].AsInt64 is < 0 or > LatestTicks)
            return null;
        var batch = new BufferedBatch(sequence.AsInt64, (BatchKind)document["k"].AsInt32, document["n"].AsInt32,
            new DateTimeOffset(document["t"].AsInt64, TimeSpan.Zero), document["p"].AsBinary);
        return Checksum(batch) == document["c"].AsInt64 ? batch : null;
    }

    public static BsonDocument Loss(LossRecord loss) => new()
    {
        ["_id"] = loss.Id,
        ["z"] = loss.Cause,
        ["f"] = loss.First,
        ["l"] = loss.Last,
        ["n"] = loss.Readings,
        ["t"] = loss.At.UtcTicks,
        ["s"] = loss.Stream,
    };

    public static LossRecord Loss(BsonDocument d) =>
        new(
            d["_id"].AsInt64, d["f"].AsInt64, d["l"].AsInt64, d["n"].AsInt64, d["z"].AsString,
            new DateTimeOffset(d["t"].AsInt64, TimeSpan.Zero))
        { Stream = d["s"].AsString };

    public static BsonDocument StateOf(BufferIndex index) => new()
    {
        ["_id"] = 1L,
        ["s"] = index.StreamId,
        ["last"] = index.Last,
        ["sent"] = index.SentThrough,
        ["batches"] = index.Batches,
        ["readings"] = index.Readings,
        ["bytes"] = index.Bytes,
        ["top"] = index.Slots.Top,
        ["runs"] = new BsonArray(index.Slots.Runs.SelectMany(r => new BsonValue[] { r.First, r.Last, r.Slot })),
        ["loss"] = index.NextLossId,
        ["thinned"] = new BsonArray(index.Thinned.Select(t => new BsonValue(t))),
        ["totals"] = new BsonDocument(index.LossTotals.ToDictionary(t => t.Key, t => new BsonValue(t.Value))),
        ["uplinks"] = new BsonDocument(index.Destinations.ToDictionary(u => "u" + u.Number, u => new BsonValue(u.Name))),
    };

    public static BufferIndex IndexOf(BsonDocument state)
    {
        var index = new BufferIndex
        {
            StreamId = state["s"].AsString,
            Last = state["last"].AsInt64,
            SentThrough = state["sent"].AsInt64,
            Batches = state["batches"].AsInt64,
            Readings = state["readings"].AsInt64,
            Bytes = state["bytes"].AsInt64,
            Slots = new(
                state["runs"].AsArray.Select(r => r.AsInt64).Chunk(3).Select(r => new SlotRun(r[0], r[1], r[2])), state["top"].AsInt64),
            NextLossId = state["loss"].AsInt64,
            Thinned = [.. state["thinned"].AsArray.Select(t => t.AsInt64)],
        };
        foreach (var (cause, readings) in state["totals"].AsDocument)
            index.LossTotals[cause] = readings.AsInt64;
        foreach (var (number, name) in state["uplinks"].AsDocument.OrderBy(u => u.Key, StringComparer.Ordinal))
            index.Destinations.Add(new(name.AsString, int.Parse(number.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)));
        return index;
    }

    /// <summary>A range's key: the destination's number above 48 bits of the range's first sequence.</summary>
    public static long CursorKey(DestinationCursor cursor, long first) => ((long)cursor.Number << NumberShift) | first;

    public static BsonDocument Cursor(DestinationCursor cursor, SequenceRange range) => new()
    {
        ["_id"] = CursorKey(cursor, range.First),
        ["l"] = range.Last,
    };

    public static (int Number, SequenceRange Range) Cursor(BsonDocument d) =>
        ((int)(d["_id"].AsInt64 >> NumberShift), new(d["_id"].AsInt64 & ((1L << NumberShift) - 1), d["l"].AsInt64));

    public static uint Checksum(BufferedBatch batch)
    {
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(head, batch.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], (int)batch.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], batch.Readings);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], batch.AppendedAt.UtcTicks);
        return ~LaneChecksum.Append(LaneChecksum.Append(Crc32C.Start, head), batch.Payload.Span);
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var whole) && whole.Offset == 0 && whole.Count == whole.Array!.Length
            ? whole.Array
            : payload.ToArray();
}
