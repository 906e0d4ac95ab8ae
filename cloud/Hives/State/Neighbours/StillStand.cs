using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>Time for which a series' newest value has been the same to the last digit.</summary>
/// <param name="Length">From the first of them to the newest.</param>
/// <param name="Readings">Their number.</param>
/// <param name="Before">The longest such time earlier in the series: a sensor of whole degrees stands still for hours.</param>
internal readonly record struct StillStand(TimeSpan Length, int Readings, TimeSpan Before)
{
    private const int LeastReadings = 8;

    public static StillStand Of(IReadOnlyList<Observation> all)
    {
        var (first, longest) = (0, TimeSpan.Zero);
        for (var i = 1; i < all.Count; i++)
        {
            if (all[i].Value.Equals(all[first].Value))
                continue;
            var length = all[i - 1].Time - all[first].Time;
            (first, longest) = (i, length > longest ? length : longest);
        }

        return all.Count == 0 ? default : new StillStand(all[^1].Time - all[first].Time, all.Count - first, longest);
    }

    /// <summary>True where it lasts a time and is twice as long as it ever was.</summary>
    public bool IsOdd(TimeSpan least) => Readings >= LeastReadings && Length >= least && Length >= 2 * Before;
}
