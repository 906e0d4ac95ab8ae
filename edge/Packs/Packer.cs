using System.Runtime.InteropServices;
using IotGateway.Edge.Clock;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Packs;

/// <summary>A pack of readings in SenML, ready for the buffer.</summary>
internal sealed record Pack(ReadOnlyMemory<byte> Content, int Readings);

/// <summary>Puts readings into packs, each small enough for one message.</summary>
internal static class Packer
{
    /// <summary>The most readings in a pack.</summary>
    public const int MaxReadings = 1024;

    /// <summary>The most bytes of a pack, so that it fits a message with its envelope whatever gzip makes of it.</summary>
    private const int MaxPackBytes = 120 * 1024;

    /// <summary>
    /// The readings as packs. Those that hang on an unknown time have packs of their own, so that the others need not wait.
    /// </summary>
    public static List<Pack> Pack(List<Reading> readings, Stamp? stamp)
    {
        var packs = new List<Pack>();
        if (stamp is not null && readings.Exists(r => r.Quality.HasFlag(Quality.ClockUnsure)))
        {
            Add(packs, [.. readings.Where(r => !r.Quality.HasFlag(Quality.ClockUnsure))], stamp);
            Add(packs, [.. readings.Where(r => r.Quality.HasFlag(Quality.ClockUnsure))], stamp with { Waits = true });
        }
        else
        {
            Add(packs, readings, stamp);
        }

        return packs;
    }

    private static void Add(List<Pack> packs, List<Reading> readings, Stamp? stamp)
    {
        for (var start = 0; start < readings.Count;)
        {
            var count = Math.Min(MaxReadings, readings.Count - start);
            while (true)
            {
                var content = StampedPack.Write(stamp, CollectionsMarshal.AsSpan(readings).Slice(start, count));
                if (content.Length <= MaxPackBytes || count == 1)
                {
                    packs.Add(new Pack(content, count));
                    start += count;
                    break;
                }

                count /= 2;
            }
        }
    }
}
