namespace IotGateway.Science.Disease.Varroa;

/// <summary>
/// Parameters of the spread of Varroa between apiaries. They hold while colonies raise brood and bees fly; each scenario draws all of them
/// anew in each of its worlds.
/// </summary>
public static class VarroaParameters
{
    internal static readonly Parameter Growth = new(
        "growth of mites in a colony", "1/day", 0.0074, 0.042,
        "Aurell et al. 2025 (doi 10.5281/zenodo.15733143), untreated colonies: 0.0165 (95 % 0.0074 to 0.0236) from day 2 to 77, 0.0264 "
            + "(0.0095 to 0.0420) after; what came in from outside is in it");

    internal static readonly Parameter Transfer = new(
        "mites that come into a colony from one heavily infested colony beside it", "mites/day", 0.14, 0.74,
        "Frey, Schnell & Rosenkranz 2011, J. Apic. Res. 50:138: 85 to 444 mites a colony in two months from ten donor colonies; Oliver "
            + "2023, Am. Bee J.: 245 from nine, 0.45 a day");

    internal static readonly Parameter DonorLoad = new(
        "mites on such a colony", "per 100 bees", 10, 40,
        "ours: neither paper's abstract tells it; collapsing colonies were the donors. The transfer is taken in proportion to the load");

    internal static readonly Parameter Reach = new(
        "reach of drift and robbing, the distance at which 37 % is left", "km", 1.5, 3,
        "Frey, Schnell & Rosenkranz 2011: no difference between 1 m and 1.5 km; DeGrandi-Hoffman et al. 2016, Exp. Appl. Acarol. 69:21: "
            + "up to 1.5 km. The fall beyond, exp(−(d/reach)²), is ours");

    internal static readonly Parameter OnBees = new(
        "share of a colony's mites that sits on bees, where a wash finds them", "", 0.1, 0.5,
        "Rosenkranz, Aumeier & Ziegelmann 2010, J. Invertebr. Pathol. 103:S96: up to 90 % in brood; Oliver 2023 reckons with a half");

    internal static readonly Parameter Bees = new(
        "bees of a colony", "bees", 10_000, 40_000,
        "Aurell et al. 2025: four frames of bees on average in splits of 77 days, some 10,000; Oliver 2023: 40,000 in a full colony");

    /// <summary>
    /// Mites per 100 bees of a colony that nobody washed, at equal steps of probability: the quantiles of 138 washes.
    /// </summary>
    internal static readonly double[] Unmeasured = [0, 0, 0, 0.25, 0.44, 0.65, 1.03, 1.62, 2.28, 4.05, 13.1];

    /// <summary>Mites per 100 bees from which a colony is to be treated in summer and autumn.</summary>
    public const double Threshold = 3;

    /// <summary>All that a scenario rests on.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Growth, Transfer, DonorLoad, Reach, OnBees, Bees,
        new(
            "mites of a colony that nobody washed", "per 100 bees", Unmeasured[0], Unmeasured[^1],
            "Aurell et al. 2025: quantiles of 138 washes of 177 colonies in Alabama, May 2022, treated and untreated; yours may differ"),
    ];
}
