using System.Runtime.InteropServices;

namespace IotGateway.Science.Hive.Weight;

/// <summary>Rule of what is sudden: more than a colony and the weather do to a weight in a time.</summary>
internal static class SuddenChange
{
    /// <summary>A colony's own change that the hours of a step hide, kg an hour: foragers that leave or come home.</summary>
    private const double OwnKilogramsPerHour = 0.15;

    private const double FewNoise = 0.05;
    private const int FewChanges = 8;

    /// <summary>1 / Φ⁻¹(3/4), over the root of two readings' noise in each change.</summary>
    private const double NoiseOfMedianChange = 1.4826 / 1.4142;

    private static readonly TimeSpan Near = TimeSpan.FromHours(1);

    public static bool Is(ScaleReading before, ScaleReading after)
    {
        var hours = (after.Time - before.Time).TotalHours;
        var change = after.Kilograms - before.Kilograms;
        return change > MostGain(hours) || change < -LeastFall(hours);
    }

    /// <summary>A time lies within hours of work and the margin around them, or such hours lie within it.</summary>
    public static bool IsWork(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<WorkHours> works)
    {
        for (var i = 0; i < works.Count; i++)
        {
            if (works[i].From - NetWeight.Margin <= to && works[i].To + NetWeight.Margin >= from)
                return true;
        }

        return false;
    }

    /// <summary>The step between two undisturbed readings on end; null where the change is a colony's.</summary>
    public static WeightStep? Between(ScaleReading before, ScaleReading after, IReadOnlyList<WorkHours> works, double noise)
    {
        var hours = (after.Time - before.Time).TotalHours;
        var change = after.Kilograms - before.Kilograms;
        StepKind? kind = IsWork(before.Time, after.Time, works) ? StepKind.Work
            : !Is(before, after) ? null
            : change > 0 || change < -MostFall(hours) ? StepKind.Unwritten
            : StepKind.Fall;
        var own = OwnKilogramsPerHour * hours;
        return kind is { } known
            ? new WeightStep(before.Time, after.Time, change, known, Math.Sqrt((2 * noise * noise) + (own * own)))
            : null;
    }

    /// <summary>Standard deviation of a reading, kg, from the changes between near ones; a round figure where these are few.</summary>
    public static double Noise(List<ScaleReading> readings)
    {
        var changes = new List<double>();
        for (var i = 1; i < readings.Count; i++)
        {
            if (readings[i].Time - readings[i - 1].Time <= Near)
                changes.Add(Math.Abs(readings[i].Kilograms - readings[i - 1].Kilograms));
        }

        if (changes.Count < FewChanges)
            return FewNoise;
        CollectionsMarshal.AsSpan(changes).Sort();
        return NoiseOfMedianChange * changes[changes.Count / 2];
    }

    /// <summary>A kilogram at once for rain, snow, a hand; then one an hour for the first two hours, then half of one.</summary>
    private static double MostGain(double hours) => 1 + Math.Min(hours, 1 + (hours / 2));

    private static double LeastFall(double hours) => 1 + (OwnKilogramsPerHour * hours);

    /// <summary>More than a prime swarm.</summary>
    private static double MostFall(double hours) => 5 + (0.2 * hours);
}
