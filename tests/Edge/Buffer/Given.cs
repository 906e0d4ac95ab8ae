using System.Buffers.Binary;
using System.Text;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Disks;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Buffer;

/// <summary>Buffers that the buffer's tests begin with.</summary>
internal static class Given
{
    public const string Cloud = "cloud";
    public const string Archive = "archive";

    /// <summary>Long loops, on request.</summary>
    public static bool LongTests { get; } = Environment.GetEnvironmentVariable("LONG_TESTS") == "1";

    /// <summary>A log small enough that checkpoints come often.</summary>
    public static BufferOptions Options(int logBytes = 256 << 10, long maxBytes = 1L << 30, string folder = "memory") => new()
    {
        Directory = folder,
        LogBytes = logBytes,
        MaxBytes = maxBytes,
        ReserveFreeBytes = 0,
        AcknowledgeDelay = TimeSpan.FromMilliseconds(20),
    };

    public static BatchBuffer Buffer(Disk disk, BufferOptions? options = null, string[]? destinations = null, ThinBatch? thin = null) =>
        BatchBuffer.Open(disk, options ?? Options(), destinations ?? [Cloud], TimeProvider.System, NullLogger.Instance, thin);

    public static BatchBuffer Buffer(BufferOptions options, string[]? destinations = null, ThinBatch? thin = null) =>
        BatchBuffer.Open(options, destinations ?? [Cloud], TimeProvider.System, NullLogger.Instance, thin);

    /// <summary>A payload that says which one it is: an id, then noise made of it.</summary>
    public static byte[] Payload(long id, int bytes)
    {
        var payload = new byte[Math.Max(8, bytes)];
        new Random((int)id).NextBytes(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload, id);
        return payload;
    }

    public static long Id(ReadOnlyMemory<byte> payload) => BinaryPrimitives.ReadInt64LittleEndian(payload.Span);

    /// <summary>Everything a destination has yet to acknowledge, read in pages.</summary>
    public static List<BufferedBatch> ReadAll(this BatchBuffer buffer, string destination = Cloud, BatchKind? kind = null)
    {
        var all = new List<BufferedBatch>();
        while (buffer.Read(destination, all.Count == 0 ? 1 : all[^1].Sequence + 1, 100, 1 << 20, kind) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }

    /// <summary>Keeps the first of every <c>keepOneIn</c> readings of a payload whose readings are all of one size.</summary>
    public static (ReadOnlyMemory<byte> Payload, int Readings) Thin(ReadOnlyMemory<byte> payload, int readings, int keepOneIn)
    {
        var kept = (readings + keepOneIn - 1) / keepOneIn;
        return (payload[..(payload.Length / Math.Max(1, readings) * kept)].ToArray(), kept);
    }

    public static Task<long> AppendAsync(this BatchBuffer buffer, byte[] payload, BatchKind kind = BatchKind.Ordinary, int readings = 1) =>
        buffer.AppendAsync(payload, readings, kind, CancellationToken.None);

    /// <summary>The same on the calling thread, if no other writes.</summary>
    public static Task<long> AppendHereAsync(
        this BatchBuffer buffer, byte[] payload, BatchKind kind = BatchKind.Ordinary, int readings = 1) =>
        buffer.AppendHereAsync(payload, readings, kind, CancellationToken.None);

    public static Task AcknowledgeAsync(this BatchBuffer buffer, long first, long last, string destination = Cloud) =>
        buffer.AcknowledgeAsync(destination, first, last, CancellationToken.None);

    public static Task FlushAsync(this BatchBuffer buffer) => buffer.FlushAsync(CancellationToken.None);

    public static string Text(this BufferedBatch batch) => Encoding.UTF8.GetString(batch.Payload.Span);
}
