using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>
/// Days for which the stores last: what the last visit found, what came and went since, and what is used a day by the scale or, in winter,
/// by what colonies use.
/// </summary>
internal static class StoresRule
{
    public const string Starvation = "starvation";

    private const double WatchDays = 21;
    private const double AbnormalDays = 7;
    private const int UseDays = 14;
    private const double LongDays = 365;

    /// <summary>Of a person's estimate of the stores; a set round figure.</summary>
    private const double ShareOfError = 0.25;

    /// <summary>Food in a kilogram of what was fed; syrup is a third to a half water.</summary>
    private const double FoodOfFed = 0.7;

    /// <summary>Bees and brood that a net weight since the visit has in it, too: kg, and kg a day; set round figures.</summary>
    private const double OtherKilograms = 0.5;

    private const double OtherKilogramsPerDay = 0.03;

    /// <summary>A full frame of honey holds 1.4 kg where it is shallow, 2.7 where it is deep.</summary>
    private static readonly Range80 Frame = new(1.4, 2, 2.7);

    /// <summary>Below this mean of the last 14 days outside no nectar comes in.</summary>
    private const double WinterCelsius = 10;

    private static readonly TimeSpan LongestSince = TimeSpan.FromDays(60);

    public static IEnumerable<Reason> Check(NetWeight net, KnownHours hours, IReadOnlyList<Visit> visits, DateTimeOffset asOf)
    {
        if (visits.LastOrDefault(v => Seen(v) is not null && asOf - v.Begin <= LongestSince) is not { } visit)
        {
            if (net.Points.Count > 0)
                yield return NotEnough("no visit of the last 60 days tells its stores");
            yield break;
        }

        if (Since(visit, visits) is not { } work)
        {
            yield return NotEnough("what was harvested since the last visit that tells its stores was not counted");
            yield break;
        }

        if ((StoresLeft.UseOf(NetChange.Days(net, asOf, UseDays)) ?? InWinter(hours)) is not { } used)
        {
            if (net.Points.Count > 0)
                yield return NotEnough("fewer than five of the last 14 days have a net weight");
            yield break;
        }

        var since = NetChange.Over(net, asOf, asOf - Later(visit.Until, asOf)) is { } change
            ? Around(change, OtherKilograms + (OtherKilogramsPerDay * (asOf - visit.Begin).TotalDays))
            : Times(used, -(asOf - visit.Begin).TotalDays);
        yield return Describe(new StoresLeft(Seen(visit)!.Value.Plus(work).Plus(since), used), visit, asOf);
    }

    private static Reason Describe(StoresLeft left, Visit visit, DateTimeOffset asOf)
    {
        var days = left.Days;
        var state = days.Middle <= AbnormalDays ? ColonyState.Abnormal : days.Middle <= WatchDays ? ColonyState.Watch : ColonyState.Normal;
        var stores = Words(
            $"By the visit {(asOf - visit.Begin).TotalDays:0} days ago it has about {Math.Max(0, left.Stores.Middle):0.0} kg of stores ",
            $"({Math.Max(0, left.Stores.Low):0.0} to {left.Stores.High:0.0})");
        if (left.UsedPerDay.Middle <= 0)
            return new Reason(state, Starvation, stores + ", and it gains: nothing of them is used.");
        var use = Words($" and uses {1000 * left.UsedPerDay.Middle:0} g a day: they last ");
        var text = days.Middle > LongDays
            ? "for longer than a year, at that rate."
            : Words($"{days.Middle:0} days ({days.Low:0} to {Most(days.High)}, 80 %).");
        return new Reason(state, Starvation, (state == ColonyState.Normal ? "" : "Starvation is near: ") + stores + use + text
            + (state == ColonyState.Normal ? "" : " Feed it, or look at what is left."));
    }

    private static string Most(double days) => days > LongDays ? "over a year" : Words($"{days:0}");

    private static Reason NotEnough(string why) =>
        new(ColonyState.Normal, Starvation, $"Not enough to say how long its stores last: {why}.");

    private static Range80? Seen(Visit visit) =>
        visit.StoresKilograms is { } kilograms ? Around(kilograms, ShareOfError * kilograms)
        : visit.FramesOfHoney is { } frames ? Times(Frame, frames)
        : null;

    /// <summary>Food given less honey taken from a visit on, kg; null where something was taken that nobody weighed or counted.</summary>
    private static Range80? Since(Visit first, IReadOnlyList<Visit> visits)
    {
        var sum = default(Range80);
        foreach (var visit in visits.Where(v => v.Begin >= first.Begin))
        {
            if (visit.Feeding?.Kilograms is { } fed)
                sum = sum.Plus(Around(FoodOfFed * fed, (1 - FoodOfFed) * fed));
            if (visit.Harvest is not { } harvest)
                continue;
            if ((harvest.Kilograms is { } taken ? Around(-taken, 0) : harvest.Frames is { } n ? Times(Frame, -n) : (Range80?)null)
                is not { } less)
                return null;
            sum = sum.Plus(less);
        }

        return sum;
    }

    /// <summary>The use of colonies in winter, where the last 14 days were so cold; null in the season.</summary>
    private static Range80? InWinter(KnownHours hours) =>
        hours.Mean(0, KnownHours.Count, h => h.Outside) < WinterCelsius ? StoresLeft.InWinter : null;

    /// <summary>The hours of the work itself have no net weight; the first hour behind it has.</summary>
    private static DateTimeOffset Later(DateTimeOffset until, DateTimeOffset asOf) =>
        until.AddHours(1) < asOf ? until.AddHours(1) : asOf;

    private static Range80 Around(double middle, double half) => new(middle - half, middle, middle + half);

    private static Range80 Times(Range80 range, double factor) => factor >= 0
        ? new(factor * range.Low, factor * range.Middle, factor * range.High)
        : new(factor * range.High, factor * range.Middle, factor * range.Low);
}
