using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Science.Earth;
using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>Words on a swarm, on robbing and on theft, from the scale with what the nest says to it.</summary>
internal static class ScaleSigns
{
    public const string Swarm = "swarm";
    public const string Robbing = "robbing";
    public const string Theft = "theft";

    /// <summary>A nest this warm is held by bees.</summary>
    private const double HeldCelsius = 30;

    private const double AsBeforeCelsius = 2;

    private static readonly TimeSpan ShownFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan TheftShownFor = TimeSpan.FromHours(48);

    public static IEnumerable<Reason> Check(NetWeight net, HiveRecord known, KnownHours hours, DateTimeOffset asOf)
    {
        NestReading[] nest = [.. known.Temperature.Select(o => new NestReading(o.Time, o.Value))];
        foreach (var step in net.Steps.Where(s => s.To > asOf - ShownFor))
        {
            if (SwarmSign.Of(step, nest, IsDay(known, step.To)) is { } swarm)
                yield return Describe(swarm, asOf);
        }

        if (RobbingSign.Of(net, asOf) is { } robbing)
        {
            yield return new Reason(robbing.IsGrave ? ColonyState.Abnormal : ColonyState.Watch, Robbing, Words(
                $"It lost {robbing.Kilograms:0.0} kg in 24 h, over hours and not at once ({robbing.UsualKilograms:+0.0;−0.0;0.0} kg is ",
                $"usual for it): more than a colony eats. Robbers, a leak, or a harvest that nobody wrote down: look for fighting at ",
                $"the entrance, and narrow it."));
        }

        if (TheftSign.Of(net, asOf - TheftShownFor) is { } theft)
            yield return Describe(theft, hours, asOf);
    }

    private static Reason Describe(SwarmSign swarm, DateTimeOffset asOf)
    {
        var nest = (swarm.HeatCelsius, swarm.CoolingCelsius) switch
        {
            ({ } heat, { } cooling) => Words(
                $"The nest was {heat:+0.0;−0.0;0.0} °C off these hours of the day before, then cooled by {cooling:0.0} °C. "),
            (null, { } cooling) => Words($"The nest cooled by {cooling:0.0} °C. "),
            _ => "No temperature of the hour before is there to confirm it. ",
        };
        return new Reason(swarm.IsConfirmed ? ColonyState.Abnormal : ColonyState.Watch, Swarm, Words(
            $"It lost {swarm.Kilograms:0.0} kg at once, {(asOf - swarm.At).TotalHours:0} h before this was written, and nobody wrote down ",
            $"why. {nest}") + (swarm.IsConfirmed
                ? "A swarm left: look for it nearby, and in three weeks for a laying queen."
                : "A swarm or a box taken off: write down which."));
    }

    private static Reason Describe(TheftSign theft, KnownHours hours, DateTimeOffset asOf)
    {
        var when = Words($"{theft.Kilograms:0.0} kg were taken at once, {(asOf - theft.At).TotalHours:0} h before this was written");
        if (!theft.IsEmpty)
        {
            return new Reason(ColonyState.Watch, Theft, when
                + ": more than a swarm weighs, and nobody wrote it down. If it was not you, boxes were stolen or the hive fell.");
        }

        return IsNestAsBefore(hours)
            ? new Reason(ColonyState.Watch, Theft, when + Words($", and the scale reads {theft.LeftKilograms:0.0} kg, yet the nest is as ")
                + "before: the scale was set to another zero, or has a fault. Write a tare down.")
            : new Reason(ColonyState.Abnormal, Theft, when + Words($", and the scale reads {theft.LeftKilograms:0.0} kg: the hive was ")
                + "stolen or fell, unless you moved it and did not write it down. Go and look.");
    }

    private static bool IsNestAsBefore(KnownHours hours) =>
        hours.Mean(0, RecentHours, h => h.Temperature) is { } now
        && (now >= HeldCelsius || Math.Abs(now - hours.Mean(48, 24, h => h.Temperature) ?? double.NaN) <= AsBeforeCelsius);

    private static bool IsDay(HiveRecord known, DateTimeOffset time) =>
        known.Site is not { } site || Sun.ElevationDegrees(time, site.Latitude, site.Longitude) > 0;
}
