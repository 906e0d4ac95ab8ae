using IotGateway.Cloud.Observations;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>Weight of a hive over the last weeks, as of a time: raw beside net, and what its scale does with the temperature.</summary>
/// <param name="AsOf">Nothing later was looked at.</param>
/// <param name="Raw">Readings that can be real, or means of hours where there are too many; ascending.</param>
/// <param name="Net">Without the beekeeper's work.</param>
/// <param name="Nights">Nights that tell of the drift.</param>
/// <param name="Drift">The scale's drift; null while the nights are too few or too alike.</param>
internal sealed record HiveWeight(
    DateTimeOffset AsOf, IReadOnlyList<ScaleReading> Raw, NetWeight Net, int Nights, ScaleDrift? Drift)
{
    /// <summary>°C from a night's end to a warm afternoon.</summary>
    private const int WarmDay = 15;

    /// <summary>Time before as-of that is looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(60);

    /// <summary>Sentences on the scale's drift.</summary>
    public string DriftNote => Drift is { } d
        ? FormattableString.Invariant($"At night this weight moves {d.GramsPerCelsius:+0;−0;0} g for each °C ")
            + FormattableString.Invariant($"({d.Low:+0;−0;0} to {d.High:+0;−0;0}, 95 %, {d.Nights} nights). ")
            + (d.Low <= 0 && d.High >= 0
                ? "That may be nothing. "
                : FormattableString.Invariant($"A day that warms by {WarmDay} °C moves it by ")
                    + FormattableString.Invariant($"about {Math.Abs(d.GramsPerCelsius) * WarmDay:0} g without any nectar. "))
            + "Scale, moisture and bees are in it; it is shown and not taken out."
        : FormattableString.Invariant($"Not enough to say how this scale moves with the temperature: {Nights} of at least ")
            + FormattableString.Invariant($"{ScaleDrift.FewestNights} nights, which must differ by ")
            + FormattableString.Invariant($"{ScaleDrift.LeastCelsius:0} °C in cooling.");
}
