using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.FirmwareSim.Colonies;

/// <summary>
/// Nodes of simulated colonies: a day of the colony model becomes the quarters of hours of a node, from which the same day can be read
/// again, and its truth is known.
/// </summary>
internal static class SimulatedHives
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Colonies and nodes that live through the same weather, from the 1 May before <paramref name="from"/>.</summary>
    public static IReadOnlyList<SimulatedHive> Of(
        int count, int seed, WeatherRecording recording, DateTimeOffset from, DateTimeOffset until)
    {
        var first = SeasonStart(from);
        var outside = new OutsideDays(recording, seed);
        List<ColonyWeather> weather = [];
        for (var date = first; OutsideDays.Midnight(date) < until; date = date.AddDays(1))
            weather.Add(outside.Next(date));
        return
        [
            .. Enumerable.Range(1, count).Select(NodeIdentity.Colony).Select(node =>
            {
                var days = ColonyLife.Of(node, seed, first, weather);
                return new SimulatedHive(node, days, Source(node, days, recording, from, until));
            }),
        ];
    }

    private static NodeSource Source(
        NodeIdentity node, IReadOnlyList<ColonyLifeDay> days, WeatherRecording recording, DateTimeOffset from, DateTimeOffset until)
    {
        var begin = from.UtcTicks % Interval.Ticks is var past and > 0 ? from.AddTicks(Interval.Ticks - past) : from;
        var count = until <= begin ? 0 : (int)(((until - begin).Ticks - 1) / Interval.Ticks) + 1;
        return new NodeSource(node, count, Measure(days, recording, begin, count));
    }

    private static IEnumerable<Measurement> Measure(
        IReadOnlyList<ColonyLifeDay> days, WeatherRecording recording, DateTimeOffset begin, int count)
    {
        var scale = new ColonyScale(days);
        DayQuarters? day = null;
        for (var i = 0; i < count; i++)
        {
            var time = begin + (i * Interval);
            var place = DateOnly.FromDateTime(time.ToOffset(WeatherRecording.StandardTime).Date).DayNumber - days[0].Date.DayNumber;
            if (day?.Place != place)
                day = new DayQuarters(place, days[place], recording);
            yield return new Measurement(time, day.At(time, scale));
        }
    }

    private static DateOnly SeasonStart(DateTimeOffset from)
    {
        var local = from.ToOffset(WeatherRecording.StandardTime);
        return new DateOnly(local.Month < 5 ? local.Year - 1 : local.Year, 5, 1);
    }
}

/// <summary>A simulated colony with its node.</summary>
/// <param name="Node">Labelled synthetic.</param>
/// <param name="Days">Its life, from 1 May on.</param>
/// <param name="Source">What the node sends of it.</param>
internal sealed record SimulatedHive(NodeIdentity Node, IReadOnlyList<ColonyLifeDay> Days, NodeSource Source);
