namespace IotGateway.Science.Hive.Signs;

/// <summary>Days for which a hive's stores last, with an 80 % interval, if it goes on as now.</summary>
/// <param name="Stores">Food in the hive now, kg.</param>
/// <param name="UsedPerDay">Use of it a day, kg; not above 0 where the hive gains.</param>
public sealed record StoresLeft(Range80 Stores, Range80 UsedPerDay)
{
    private const double Normal80 = 1.2816;
    private const int FewestDays = 5;

    /// <summary>Days ahead for which the use of the days before is taken to go on.</summary>
    private const double DaysAhead = 7;

    private const double DaysOfMonth = 30.4;

    /// <summary>
    /// Use of a colony in winter, 1 to 2.5 kg a month, for a hive without a scale (round figures of the trade; a cold or breeding colony
    /// uses more).
    /// </summary>
    public static Range80 InWinter { get; } = new(1 / DaysOfMonth, 1.75 / DaysOfMonth, 2.5 / DaysOfMonth);

    /// <summary>Days that the stores last; infinite where nothing is used.</summary>
    public Range80 Days => new(
        Over(Stores.Low, UsedPerDay.High), Over(Stores.Middle, UsedPerDay.Middle), Over(Stores.High, UsedPerDay.Low));

    /// <summary>The use a day over the next week, by what the net weight lost on the days before.</summary>
    /// <param name="changes">Changes of the net weight over 24 h at one hour of day, a day each, kg; negative for a loss.</param>
    /// <returns>Null of fewer than five.</returns>
    /// <exception cref="InputException">A change is no number.</exception>
    public static Range80? UseOf(IReadOnlyList<double> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
            Check.Within(change, -1_000, 1_000, "change of weight (kg)");
        if (changes.Count < FewestDays)
            return null;
        var mean = changes.Average();
        var variance = changes.Sum(c => (c - mean) * (c - mean)) / (changes.Count - 1);
        var half = Normal80 * Math.Sqrt(variance * ((1.0 / changes.Count) + (1 / DaysAhead)));
        return new Range80(-mean - half, -mean, -mean + half);
    }

    private static double Over(double stores, double used) => used <= 0 ? double.PositiveInfinity : Math.Max(0, stores) / used;
}
