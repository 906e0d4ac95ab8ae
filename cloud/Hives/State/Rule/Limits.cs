using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>Limits that no colony bears for long, whatever its history: heat above 38 °C, humidity above 90 % for hours.</summary>
internal static class Limits
{
    private const double HotCelsius = 38;
    private const double DampPercent = 90;
    private const int DampWatchHours = 3;
    private const int DampAbnormalHours = 12;

    public static IEnumerable<Reason> Check(HiveRecord known, KnownHours hours, DateTimeOffset asOf)
    {
        var recent = known.Temperature.Where(o => asOf - o.Time < TimeSpan.FromHours(RecentHours)).Select(o => o.Value).ToList();
        if (recent.Count > 0 && recent.Max() > HotCelsius)
        {
            var lasting = hours[0].Temperature > HotCelsius;
            yield return new Reason(lasting ? ColonyState.Abnormal : ColonyState.Watch, "heat", Words(
                $"Up to {recent.Max():0.0} °C in the last {RecentHours} ",
                $"h{(lasting ? Words($", {hours[0].Temperature:0.0} °C on average over the last hour") : "")}: above {HotCelsius:0} ",
                $"°C brood is harmed and comb softens. Shade and air, and look whether the sensor stands in the sun."));
        }

        var damp = 0;
        while (damp < KnownHours.Count && hours[damp].Humidity > DampPercent)
            damp++;
        if (damp >= DampWatchHours)
        {
            yield return new Reason(damp >= DampAbnormalHours ? ColonyState.Abnormal : ColonyState.Watch, "damp", Words(
                $"Humidity above {DampPercent:0} % for {damp} h: water condenses inside, look at the ventilation and the roof."));
        }
    }
}
