using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// Leaves out single readings far from the one before and the one after: a chip's word for "no value", a bit that fell over, a sensor that
/// was touched. Nothing in a hive goes away and comes back between three readings. The newest has none after it, so it counts once another
/// confirms it.
/// </summary>
internal static class Outliers
{
    /// <summary>Hours over which what is far grows; a hive follows no weather farther than it does in so many.</summary>
    private const double MostHours = 6;

    /// <summary>Readings without those that stand alone.</summary>
    /// <param name="all">Ascending in time.</param>
    /// <param name="far">The distance from both neighbours, in the readings' unit, that is too far for an hour or less between them; for
    /// longer it grows with the time.</param>
    public static List<Observation> Without(List<Observation> all, double far)
    {
        if (all.Count < 2)
            return all;
        var kept = new List<Observation>(all.Count) { all[0] };
        for (var i = 1; i < all.Count - 1; i++)
        {
            var before = Side(all[i - 1], all[i], far);
            if (before == 0 || before != Side(all[i + 1], all[i], far))
                kept.Add(all[i]);
        }

        if (Side(kept[^1], all[^1], far) == 0)
            kept.Add(all[^1]);
        return kept;
    }

    /// <summary>1 where a value lies far above its neighbour's, -1 far below, 0 near it.</summary>
    private static int Side(Observation neighbour, Observation value, double far)
    {
        var distance = value.Value - neighbour.Value;
        var hours = Math.Clamp((value.Time - neighbour.Time).Duration().TotalHours, 1, MostHours);
        return Math.Abs(distance) > far * hours ? Math.Sign(distance) : 0;
    }
}
