using System.Runtime.InteropServices;

namespace IotGateway.Science.Hive.Weight;

/// <summary>
/// Drift of a scale with the temperature, estimated from nights: what the weight did for each °C, beyond what the hive loses in any night.
/// Bees and stores that answer the temperature themselves are in it, too: it is what a weight shows with the temperature, by whatever
/// cause.
/// </summary>
/// <param name="GramsPerCelsius">Change of weight for each °C, g/°C.</param>
/// <param name="Low">Lower end of its 95 % interval, g/°C.</param>
/// <param name="High">Upper end, g/°C.</param>
/// <param name="LossGramsPerHour">What the hive loses in an hour of night at an even temperature, g/h.</param>
/// <param name="Nights">Nights it rests on.</param>
public sealed record ScaleDrift(double GramsPerCelsius, double Low, double High, double LossGramsPerHour, int Nights)
{
    /// <summary>Nights below which nothing is said.</summary>
    public const int FewestNights = 10;

    /// <summary>°C by which the coolings of two nights of eight hours must differ, or nothing tells drift from loss.</summary>
    public const double LeastCelsius = 3;

    private const double EightHours = 8;
    private const double Normal95 = 1.96;

    /// <summary>
    /// The estimate: the median of the slopes between pairs of nights, its interval by Kendall's statistic (Sen 1968, J. Am. Stat. Assoc.
    /// 63, 1379).
    /// </summary>
    /// <param name="nights">Nights on end or not.</param>
    /// <returns>Null where the nights are too few, or too alike in their cooling.</returns>
    /// <exception cref="InputException">Hours are not above 0, or a change is no number.</exception>
    public static ScaleDrift? Of(IReadOnlyList<NightChange> nights)
    {
        ArgumentNullException.ThrowIfNull(nights);
        foreach (var night in nights)
        {
            Check.Within(night.Hours, double.Epsilon, 24, "length of a night (h)");
            Check.Within(night.Kilograms, -1_000, 1_000, "change of weight (kg)");
            Check.Within(night.Celsius, -100, 100, "change of temperature (°C)");
        }

        (double X, double Y)[] rates = [.. nights.Select(n => (n.Celsius / n.Hours, 1_000 * n.Kilograms / n.Hours))];
        if (rates.Length < FewestNights || (rates.Max(r => r.X) - rates.Min(r => r.X)) * EightHours < LeastCelsius)
            return null;

        var slopes = new List<double>();
        for (var i = 0; i < rates.Length; i++)
        {
            for (var j = i + 1; j < rates.Length; j++)
            {
                if (rates[i].X != rates[j].X)
                    slopes.Add((rates[j].Y - rates[i].Y) / (rates[j].X - rates[i].X));
            }
        }

        double n = rates.Length;
        var reach = Normal95 * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18);
        var slope = Medians.Of(CollectionsMarshal.AsSpan(slopes));
        return new ScaleDrift(
            slope, slopes[Math.Max(0, (int)Math.Floor((slopes.Count - reach) / 2))],
            slopes[Math.Min(slopes.Count - 1, (int)Math.Ceiling((slopes.Count + reach) / 2))],
            -Medians.Of([.. rates.Select(r => r.Y - (slope * r.X))]), rates.Length);
    }
}
