using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Curated.Taking;

/// <summary>
/// Part of a raw object that is published at once: its batches from one on, as far as they are not too many. An object is one part more
/// often than not, and whatever one holds, no more than a part of it is in memory.
/// </summary>
/// <param name="Source">Its name in manifests.</param>
/// <param name="Batches">Its batches that can be read.</param>
/// <param name="Unreadable">What of it cannot be read.</param>
/// <param name="Next">Number of the batch behind it.</param>
/// <param name="IsLast">True when nothing is behind it.</param>
/// <param name="Cost">Work it is, in readings.</param>
internal sealed record RawPart(
    string Source, IReadOnlyList<(RawBatch Raw, Batch Decoded)> Batches, IReadOnlyList<UnreadablePart> Unreadable, int Next, bool IsLast,
    int Cost)
{
    /// <summary>Readings in a part, unless one batch alone has more.</summary>
    private const int MaxReadings = 250_000;

    /// <summary>Work of a batch that cannot be read: as much as one may hold.</summary>
    private const int Unread = 16 * 1024;

    /// <summary>Entries of what cannot be read, an object; what is beyond is only counted.</summary>
    private const int MostNamed = 10;

    /// <summary>The part that begins at a batch.</summary>
    public static RawPart Of(string key, IReadOnlyList<RawBatch> batches, int first)
    {
        var (taken, unreadable) = (new List<(RawBatch, Batch)>(), new List<UnreadablePart>());
        var (cost, unnamed, at) = (0, 0, first);
        for (; at < batches.Count && cost < MaxReadings; at++)
        {
            var batch = batches[at];
            try
            {
                var decoded = Batch.Decode(batch.Bytes);
                if (cost > 0 && cost + decoded.Readings.Length > MaxReadings)
                    break;
                taken.Add((batch, decoded));
                cost += decoded.Readings.Length;
            }
            catch (BatchFormatException e)
            {
                cost += Unread;
                if (unreadable.Count < MostNamed)
                    unreadable.Add(new UnreadablePart(key, e.Reason, $"sequences {batch.Range.First} to {batch.Range.Last}: {e.Message}"));
                else
                    unnamed++;
            }
        }

        if (unnamed > 0)
            unreadable.Add(new UnreadablePart(key, "more_unreadable", $"{unnamed} more batches cannot be read"));
        var source = first == 0 && at == batches.Count ? key : RawSource.Of(key, batches[first].Received, batches[at - 1].Received);
        return new RawPart(source, taken, unreadable, at, at == batches.Count, cost);
    }

    /// <summary>The partitions its readings lie in, newest day first.</summary>
    public Partition[] Partitions(DateTimeOffset now)
    {
        var found = new HashSet<Partition>();
        foreach (var (raw, decoded) in Batches)
        {
            var latest = Partition.LatestFor(raw.Received, now);
            foreach (ref readonly var reading in decoded.Readings.AsSpan())
            {
                if (Partition.Of(reading, latest) is { } partition)
                    found.Add(partition);
            }
        }

        return [.. found.OrderByDescending(p => p.Date).ThenBy(p => p.Family, StringComparer.Ordinal)];
    }
}
