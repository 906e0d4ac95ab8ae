namespace IotGateway.Cloud.Lake;

/// <summary>A segment of the log that nothing is added to any more.</summary>
internal sealed class LogSegment(long number, string file)
{
    public string File => file;

    /// <summary>When its last batch was received.</summary>
    public DateTimeOffset Newest { get; set; }

    /// <summary>Its batches in the order of arrival, and how many stretches between them are unreadable.</summary>
    public (IReadOnlyList<RawBatch> Batches, int Damaged) Read()
    {
        ReadOnlyMemory<byte> bytes = System.IO.File.ReadAllBytes(file);
        var batches = new List<RawBatch>();
        int damaged = 0, offset = 0;
        while (offset < bytes.Length)
        {
            if (RawFrames.Read(bytes, ref offset) is { } found)
            {
                // Of an earlier number: what the file held before it was used again. The end is near, but damage may stand before it.
                if (found.Log == number)
                    batches.Add(found.Batch);
                continue;
            }

            var next = RawFrames.NextStart(bytes.Span, offset + 1);
            var ahead = next;
            if (RawFrames.Read(bytes, ref ahead) is { Log: var log } && log == number)
                damaged++;
            offset = next;
        }

        return (batches, damaged);
    }
}
