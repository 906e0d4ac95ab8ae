using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Synthetic;

/// <summary>Draws hives that never were, one frame every quarter of an hour, each node at its own second of it.</summary>
internal static class SyntheticHives
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <param name="number">From 1; the first swarms.</param>
    public static NodeSource Source(int number, int seed, WeatherRecording weather, DateTimeOffset from, DateTimeOffset until)
    {
        var node = NodeIdentity.Synthetic(number);
        var model = new ColonyModel(seed, node.DevEui, weather, number == 1 ? Swarm.OfFirstHive : null);
        var first = FirstSecond(from, Draws.For(seed, "phase", node.DevEui.Hex).Whole(0, (int)Interval.TotalSeconds - 1));
        var count = until <= first ? 0 : (int)(((until - first).Ticks - 1) / Interval.Ticks) + 1;
        return new NodeSource(node, count, Enumerable.Range(0, count).Select(i => model.At(first + (i * Interval))));
    }

    /// <summary>On a grid of quarters of hours, so that a hive's frames fall on the same seconds whatever the start.</summary>
    private static DateTimeOffset FirstSecond(DateTimeOffset from, int phaseSeconds)
    {
        var seconds = from.ToUnixTimeSeconds() + (from.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);
        var interval = (long)Interval.TotalSeconds;
        return DateTimeOffset.FromUnixTimeSeconds(seconds + ((phaseSeconds - (seconds % interval) + interval) % interval));
    }
}
