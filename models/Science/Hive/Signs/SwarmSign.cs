using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Hive.Signs;

/// <summary>
/// Departure of a swarm, as scale and nest show it: kilograms lost at once by day, heat before and cooling after.
/// </summary>
/// <remarks>
/// A prime swarm takes 2 to 4.5 kg within minutes and the nest falls from 35 to 33 °C (Ferrari et al. 2008, Comput. Electron. Agric. 64,
/// 72); an afterswarm is lighter. Weight alone is as well a box taken off. The bounds are set round figures, fitted to nothing.
/// </remarks>
/// <param name="At">The first reading after it.</param>
/// <param name="Kilograms">Weight lost, kg, above 0.</param>
/// <param name="HeatCelsius">Warmest reading of the hour before less the median of these hours of the day before, °C; null where not
/// known.</param>
/// <param name="CoolingCelsius">Median of the hour before less the coldest reading of the two hours after, °C; null where not
/// known.</param>
public sealed record SwarmSign(
    DateTimeOffset At, double Kilograms, double? HeatCelsius, double? CoolingCelsius)
{
    private const double LeastKilograms = 1.5;
    private const double MostKilograms = 5;
    private const double LeastHeat = 0.5;
    private const double LeastCooling = 1;

    /// <summary>Readings farther apart hide whether it was sudden.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The nest warmed before or cooled after, so that it is more than a box taken off.</summary>
    public bool IsConfirmed => HeatCelsius >= LeastHeat || CoolingCelsius >= LeastCooling;

    /// <summary>The sign of a step of the weight.</summary>
    /// <param name="step">A sudden change that nobody wrote down.</param>
    /// <param name="nest">Temperatures of the nest, ascending in time; those far from the step are not looked at.</param>
    /// <param name="byDay">The sun was up: no swarm leaves in the dark.</param>
    /// <returns>Null where no swarm makes such a step.</returns>
    public static SwarmSign? Of(WeightStep step, IReadOnlyList<NestReading> nest, bool byDay)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(nest);
        var lost = -step.Kilograms;
        if (!byDay || step.Kind != StepKind.Fall || lost < LeastKilograms || lost > MostKilograms || step.To - step.From > Longest)
            return null;
        var day = Between(nest, step.From - Day - (2 * Hour), step.From - Day + Hour);
        var before = Between(nest, step.From - Hour, step.From);
        var after = Between(nest, step.From, step.To + (2 * Hour));
        return new SwarmSign(
            step.To, lost, before.Length > 0 && day.Length > 0 ? before[^1] - Medians.Of(day) : null,
            before.Length > 0 && after.Length > 0 ? Medians.Of(before) - after[0] : null);
    }

    /// <summary>Temperatures after a time up to another, from the coldest to the warmest.</summary>
    private static double[] Between(IReadOnlyList<NestReading> nest, DateTimeOffset after, DateTimeOffset until) =>
        [.. nest.Where(r => r.Time > after && r.Time <= until).Select(r => r.Celsius).Order()];
}
