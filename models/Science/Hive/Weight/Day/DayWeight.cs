namespace IotGateway.Science.Hive.Weight.Day;

/// <summary>Value with the interval that one day's readings leave.</summary>
/// <param name="Value">Median of the draws.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
public readonly record struct DayValue(double Value, double Low, double High);

/// <summary>Day of a hive's weight in terms of bees and food, from the scale alone.</summary>
/// <param name="ForagersOut">Most foragers outside at a time, bees.</param>
/// <param name="FoodGainKilograms">Food that they brought less what was used and dried in the flight hours, kg.</param>
/// <param name="GainKilograms">Change of weight from midnight to midnight, kg.</param>
/// <param name="FlightHour">First hour of flight, from midnight.</param>
/// <param name="HomeHour">Hour from which none left any more.</param>
/// <param name="ErrorGrams">Standard deviation of what the ten parameters leave, g.</param>
/// <param name="Readings">Readings it rests on.</param>
/// <param name="NotSaid">Reason why the day tells nothing of bees; the values are not to be used then. Null where it does.</param>
public sealed record DayWeight(
    DayValue ForagersOut, DayValue FoodGainKilograms, DayValue GainKilograms, DayValue FlightHour, DayValue HomeHour, double ErrorGrams,
    int Readings, string? NotSaid)
{
    /// <summary>Fewest readings of a day: one in half an hour.</summary>
    public const int FewestReadings = 48;

    /// <summary>
    /// Weight of a bee, kg, in the middle of 81 to 151 mg (Winston 1987, The Biology of the Honey Bee). Numbers of bees are in proportion
    /// to it, so that they may be off by a third whatever their interval says.
    /// </summary>
    public const double BeeKilograms = 0.000_113;

    /// <summary>
    /// Fit of the ten parameters to a day's readings, and the values they tell. The same readings give the same result everywhere.
    /// </summary>
    /// <param name="readings">Ascending, hours 0 to 24 since midnight, kg; without steps that people made.</param>
    /// <returns>Null where there are fewer than <see cref="FewestReadings"/> or a gap of more than three hours.</returns>
    /// <exception cref="InputException">A reading is out of order or no weight.</exception>
    public static DayWeight? Of(IReadOnlyList<(double Hour, double Kilograms)> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        for (var i = 0; i < readings.Count; i++)
        {
            Check.Within(readings[i].Hour, i == 0 ? 0 : readings[i - 1].Hour, 24, "hour of a reading");
            Check.Within(readings[i].Kilograms, -1_000, 1_000, "weight (kg)");
        }

        if (readings.Count < FewestReadings || Gap(readings) > LongestGapHours)
            return null;
        var fit = new DayFit(readings);
        var draws = DayDraws.Of(fit);
        if (draws.Count == 0)
            return new DayWeight(
                default, default, default, default, default, 0, readings.Count, "No course of a hive's day fits the readings.");
        var outside = Told(draws, s => s.MostOutsideKilograms / BeeKilograms);
        var error = 1_000 * fit.StandardError(draws[0]);
        return new DayWeight(
            outside, Told(draws, s => s.FoodGainKilograms), Told(draws, s => s.Kilograms(24) - s.Kilograms(0)),
            Told(draws, s => s.FlightHour), Told(draws, s => s.HomeHour), error, readings.Count, Reason(outside, error));
    }

    private const double LongestGapHours = 3;

    private static string? Reason(DayValue outside, double errorGrams) =>
        outside.Low * BeeKilograms * 1_000 < errorGrams
            ? "The foragers' leaving cannot be told from the scale's own noise."
            : outside.High > 4 * outside.Low ? "The day's readings leave too wide a range: rain, work on the hive or a scale too coarse."
            : null;

    private static double Gap(IReadOnlyList<(double Hour, double Kilograms)> readings)
    {
        var gap = Math.Max(readings[0].Hour, 24 - readings[^1].Hour);
        for (var i = 1; i < readings.Count; i++)
            gap = Math.Max(gap, readings[i].Hour - readings[i - 1].Hour);
        return gap;
    }

    private static DayValue Told(IReadOnlyList<DayShape> draws, Func<DayShape, double> of)
    {
        double[] sorted = [.. draws.Select(of).Order()];
        return new DayValue(sorted[sorted.Length / 2], sorted[sorted.Length / 20], sorted[sorted.Length - 1 - (sorted.Length / 20)]);
    }
}
