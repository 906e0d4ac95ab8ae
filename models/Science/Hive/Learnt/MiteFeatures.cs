namespace IotGateway.Science.Hive.Learnt;

/// <summary>Features by which the mites at the next wash are said from the last one.</summary>
public static class MiteFeatures
{
    /// <summary>Column of the first treatment.</summary>
    public const int FirstTreatment = 2;

    /// <summary>Growth of mites in a colony with brood, a day (Martin 1998, Ecological Modelling 111: about .021).</summary>
    public const double DailyGrowth = 0.021;

    /// <summary>Names of the treatments that a colony had before the last wash.</summary>
    public static IReadOnlyList<string> Treatments { get; } =
        ["Control", "Amitraz EC", "Apivar", "HopGuard", "OA Dribble", "5x OA Dribble", "OA Vapor"];

    /// <summary>Names of the features, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "root of the mites on day 77", "root of those, grown 2.1 % a day",
        .. Treatments.Select(t => $"treated: {t}"),
    ];

    /// <summary>The features of a colony, one function for learning and for serving.</summary>
    /// <param name="perHundred">Mites on a hundred bees at the last wash, 0 or more.</param>
    /// <param name="days">Days from it to the next.</param>
    /// <param name="treatment">One of <see cref="Treatments"/>; any other, or null, is none of them.</param>
    /// <returns>One value a name.</returns>
    public static double[] Of(double perHundred, int days, string? treatment) =>
    [
        Math.Sqrt(perHundred), Math.Sqrt(perHundred * Math.Exp(DailyGrowth * days)),
        .. Treatments.Select(t => treatment == t ? 1.0 : 0),
    ];
}
