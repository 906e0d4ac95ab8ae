using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.State.Signs;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Judges a hive as of a time: against itself, against its neighbours, for faults of its sensor, and with the memory of what stood an hour
/// before. Nothing later than the time is looked at, of its own or of others.
/// </summary>
internal static class Judgement
{
    /// <param name="record">The hive's readings and weather; it may reach beyond the time.</param>
    /// <param name="hive">Its id among its site's.</param>
    /// <param name="site">The hives of its site.</param>
    /// <param name="visits">Written visits to it; those written later than the time are not known yet.</param>
    /// <param name="before">The state said before this one; null before the first.</param>
    /// <param name="asOf">A whole hour.</param>
    public static HiveState Judge(
        HiveRecord record, string hive, Neighbourhood site, IReadOnlyList<VisitHours> visits, HiveState? before, DateTimeOffset asOf)
    {
        VisitHours[] read = [.. visits.Where(v => v.Known <= asOf)];
        var whole = record;
        var changed = read.LastOrDefault(v => v.Written?.Equipment is { SensorChanged: true });
        if (changed is not null)
            record = record.Since(changed.Begin);
        var known = record.KnownAt(asOf);
        var hours = new KnownHours(known, asOf);
        var byScale = ScaleAlone.Holds(whole, known, asOf);
        var alone = byScale ? ScaleAlone.Judge(known, asOf) : HiveRule.Judge(record, known, hours, asOf);
        var stood = before?.Standing ?? [];
        var net = NetWeight.Of(known.Weight, [.. read.Where(v => v.Until > v.Begin).Select(v => new WorkHours(v.Begin, v.Until))]);
        var reasons = ScaleSigns.Check(net, known, hours, asOf).Concat(alone.Reasons).ToList();
        if (alone.State == ColonyState.Silent)
            return alone with { State = reasons.Max(r => r.State), Reasons = Ordered(reasons), Standing = stood };

        reasons.AddRange(StoresRule.Check(net, hours, [.. read.Select(v => v.Written).OfType<Visit>()], asOf));
        var evidence = alone.Evidence;
        if (!byScale)
        {
            reasons.AddRange(SensorRule.CheckChanged(changed?.Begin, asOf));
            evidence = CheckNest(hours, site.Of(hive, asOf), Hysteresis.Stands(stood, NeighbourRule.Weak, asOf), evidence, reasons);
            reasons.AddRange(SecondSensor.Check(hours, known.Second, asOf));
            reasons.AddRange(SensorRule.CheckStuck(known, asOf));
        }

        evidence = GainRule.Check(net, site.Gains.Beside(hive, asOf), asOf, evidence, reasons);
        if (evidence.ApartCelsius is not null)
            LeaveToNeighbours(reasons);
        if (read.LastOrDefault(v => v.Holds(asOf)) is { } visit)
            HoldBack(reasons, visit);
        else
            stood = Hysteresis.Apply(stood, reasons, asOf);
        reasons = Ordered(reasons);
        return new HiveState(asOf, reasons[0].HeldBack is null ? reasons[0].State : ColonyState.Normal, reasons, evidence)
        {
            Standing = stood,
        };
    }

    /// <summary>Checks that look at the nest's temperature, alone and beside its neighbours'.</summary>
    private static StateEvidence CheckNest(
        KnownHours hours, IReadOnlyList<Neighbour> neighbours, bool stoodWeak, StateEvidence evidence,
        List<Reason> reasons)
    {
        reasons.AddRange(DeathRule.Check(hours));
        var own = new Nest([.. Enumerable.Range(0, KnownHours.Count).Select(i => hours[i].Temperature)]);
        var nest = new Compared(own, neighbours);
        evidence = evidence with { Neighbours = nest.Neighbours.Count };
        evidence = NeighbourRule.CheckWeak(nest, stoodWeak, evidence, reasons);
        evidence = NeighbourRule.CheckApart(nest, evidence, reasons);
        evidence = NeighbourRule.CheckUnsteady(nest, evidence, reasons);
        reasons.AddRange(SensorRule.CheckDrift(nest));
        reasons.AddRange(SensorRule.CheckSwap(nest));
        return evidence;
    }

    private static List<Reason> Ordered(List<Reason> reasons) =>
        [.. reasons.OrderBy(r => r.HeldBack is not null).ThenByDescending(r => r.State)];

    /// <summary>
    /// Findings in the hours of a visit stay written and are no alarms. They begin no memory either: what outlasts these hours is found
    /// again after them. No visit makes stores run out, and a hive that is carried away after one is not the visitor's.
    /// </summary>
    private static void HoldBack(List<Reason> reasons, VisitHours visit)
    {
        for (var i = 0; i < reasons.Count; i++)
        {
            if (reasons[i].IsAlarm && reasons[i].Check is not (StoresRule.Starvation or ScaleSigns.Theft))
                reasons[i] = reasons[i] with { HeldBack = visit.Begin };
        }
    }

    /// <summary>
    /// A small departure from its own history is no alarm where neighbours are there to say if it is the hive's own; a great one stays.
    /// </summary>
    private static void LeaveToNeighbours(List<Reason> reasons)
    {
        var at = reasons.FindIndex(r => r is { Check: "temperature", State: ColonyState.Watch });
        if (at >= 0)
        {
            reasons[at] = reasons[at] with
            {
                State = ColonyState.Normal,
                Text = reasons[at].Text + " By itself that is no alarm: the comparison with its neighbours is the finer one.",
            };
        }
    }
}
