using System.Buffers;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>A segment of the log that nothing is added to any more.</summary>
internal sealed class LogSegment(long number, string file)
{
    /// <summary>A segment has one size; of a file that is larger no more is read.</summary>
    private const int MostBytes = 4 * RawLog.SegmentBytes;

    public string File => file;

    public long Number => number;

    /// <summary>Batches in it.</summary>
    public long Batches { get; set; }

    /// <summary>Time of arrival of its last batch.</summary>
    public DateTimeOffset Newest { get; set; }

    /// <summary>True once all its batches lie in raw objects.</summary>
    public bool IsInObjects { get; set; }

    /// <summary>True when something stands in it and no batch can be read, not even one of its file's earlier use.</summary>
    public bool IsNoise { get; private set; }

    /// <summary>Its batches in the order of arrival, and how many stretches between them are unreadable.</summary>
    public (IReadOnlyList<RawBatch> Batches, int Damaged) Read()
    {
        var batches = new List<RawBatch>();
        var damaged = Read((batch, _) => batches.Add(batch with { Bytes = batch.Bytes.ToArray() }));
        return (batches, damaged);
    }

    /// <summary>Lends its batches one after the other, with their frames: a segment is large, and one is read every few seconds.</summary>
    /// <returns>How many stretches between them are unreadable.</returns>
    public int Read(Action<RawBatch, ReadOnlyMemory<byte>> use)
    {
        using var handle = System.IO.File.OpenHandle(file);
        var size = (int)Math.Min(RandomAccess.GetLength(handle), MostBytes);
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, size));
        try
        {
            var length = 0;
            for (int n; length < size && (n = RandomAccess.Read(handle, bytes.AsSpan(length, size - length), length)) > 0;)
                length += n;
            return Read(bytes.AsMemory(0, length), use);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private int Read(ReadOnlyMemory<byte> bytes, Action<RawBatch, ReadOnlyMemory<byte>> use)
    {
        int damaged = 0, offset = 0;
        RawBatch? before = null;
        while (offset < bytes.Length)
        {
            if (RawFrames.Read(bytes, ref offset, before) is { } found)
            {
                // Of an earlier number: what the file held before it was used again. The end is near, but damage may stand before it.
                before = found.Batch;
                if (found.Log == number)
                    use(found.Batch, found.Frame);
                continue;
            }

            var next = RawFrames.NextStart(bytes.Span, offset + 1);
            var ahead = next;
            if (RawFrames.Read(bytes, ref ahead) is { Log: var log } && log == number)
                damaged++;
            offset = next;
        }

        IsNoise = before is null && bytes.Span.ContainsAnyExcept((byte)0);
        return damaged;
    }
}
