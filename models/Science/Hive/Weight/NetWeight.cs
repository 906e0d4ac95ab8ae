namespace IotGateway.Science.Hive.Weight;

/// <summary>Net weight at a reading, beside the raw one.</summary>
/// <param name="Time">The reading's.</param>
/// <param name="RawKilograms">As read, kg.</param>
/// <param name="NetKilograms">Without what people put on and took off since the beginning, kg.</param>
/// <param name="HalfWidthKilograms">Half the 95 % interval of the net weight's change since the beginning, from the steps taken out,
/// kg.</param>
public readonly record struct NetPoint(DateTimeOffset Time, double RawKilograms, double NetKilograms, double HalfWidthKilograms);

/// <summary>
/// Weight of a hive without beekeeper's work: boxes, feeding, harvest, tare and exchanged scales are taken out by the written visits and,
/// where none is written, by steps that no colony makes. What happens between two readings more than two days apart is not known: the net
/// weight begins anew behind such a gap.
/// </summary>
/// <remarks>
/// The limits are ours, set round figures from the literature: a colony gains up to about a kilogram an hour in the best flow; a prime
/// swarm takes 2 to 4.5 kg with it within minutes. They are not fitted.
/// </remarks>
public sealed class NetWeight
{
    /// <summary>The longest time between readings over which a change is followed.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(2);

    /// <summary>Readings this near to written hours are taken for work: watches differ.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    private const double Normal95 = 1.96;

    private NetWeight(DateTimeOffset? since, IReadOnlyList<NetPoint> points, IReadOnlyList<WeightStep> steps, int leftOut) =>
        (Since, Points, Steps, LeftOut) = (since, points, steps, leftOut);

    /// <summary>The beginning: the first reading, or the first behind the last long gap; null without any.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>The points since then, ascending; the first one's net weight is its raw one.</summary>
    public IReadOnlyList<NetPoint> Points { get; }

    /// <summary>The sudden changes since then, ascending.</summary>
    public IReadOnlyList<WeightStep> Steps { get; }

    /// <summary>
    /// Readings since then without a net weight: within hours of work, while something stood on the hive for less than an hour, or behind a
    /// step that the next hour must confirm.
    /// </summary>
    public int LeftOut { get; }

    /// <summary>The net weight from readings; what lies behind the last of them changes nothing.</summary>
    /// <param name="readings">Ascending by time, each time once, kg from −1,000 to 1,000.</param>
    /// <param name="works">Hours of work, in any order.</param>
    /// <returns>The net weight since the last long gap.</returns>
    /// <exception cref="InputException">A reading is out of order or no weight, or hours end before they begin.</exception>
    public static NetWeight Of(IReadOnlyList<ScaleReading> readings, IReadOnlyList<WorkHours> works)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(works);
        Refuse(readings, works);
        var first = 0;
        for (var i = 1; i < readings.Count; i++)
            first = readings[i].Time - readings[i - 1].Time > LongestGap ? i : first;
        if (readings.Count == 0)
            return new NetWeight(null, [], [], 0);

        ScaleReading[] since = [.. readings.Skip(first)];
        var undisturbed = Undisturbed.Of(since, works);
        var noise = SuddenChange.Noise(undisturbed);
        var steps = new List<WeightStep>();
        var points = new List<NetPoint>();
        var (taken, variance) = (0.0, 0.0);
        for (var i = 0; i < undisturbed.Count; i++)
        {
            if (i > 0 && SuddenChange.Between(undisturbed[i - 1], undisturbed[i], works, noise) is { } step)
            {
                steps.Add(step);
                taken += step.IsTakenOut ? step.Kilograms : 0;
                variance += step.IsTakenOut ? step.SpreadKilograms * step.SpreadKilograms : 0;
            }

            var now = undisturbed[i];
            points.Add(new NetPoint(now.Time, now.Kilograms, now.Kilograms - taken, Normal95 * Math.Sqrt(variance)));
        }

        return new NetWeight(since[0].Time, points, steps, since.Length - undisturbed.Count);
    }

    private static void Refuse(IReadOnlyList<ScaleReading> readings, IReadOnlyList<WorkHours> works)
    {
        for (var i = 0; i < readings.Count; i++)
        {
            Check.Within(readings[i].Kilograms, -1_000, 1_000, "weight (kg)");
            if (i > 0 && readings[i].Time <= readings[i - 1].Time)
                throw new InputException("time of a reading", $"{readings[i].Time:O}", $"after {readings[i - 1].Time:O}");
        }

        foreach (var work in works)
        {
            if (work.To <= work.From)
                throw new InputException("end of work", $"{work.To:O}", $"after {work.From:O}");
        }
    }
}
