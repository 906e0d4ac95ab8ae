namespace IotGateway.Science.Hive.Colony.Biology;

/// <summary>Treatment against mites: the days it works and the mites it kills in each.</summary>
/// <param name="Days">Days it works.</param>
/// <param name="OnBees">Share of the mites on bees killed a day, 0 to 1.</param>
/// <param name="InCells">Share of those in sealed cells, 0 to 1.</param>
public sealed record MiteTreatment(int Days, double OnBees, double InCells)
{
    /// <summary>Oxalic acid once: above 90 % of what sits on bees, nothing in cells (Rademacher and Harz 2006).</summary>
    public static MiteTreatment OxalicAcid { get; } = new(1, 0.93, 0);

    /// <summary>Formic acid over a week, in cells too: 60 to 97 % in all (vanEngelsdorp et al. 2008; Giusti et al. 2017).</summary>
    public static MiteTreatment FormicAcid { get; } = new(7, 0.25, 0.16);

    /// <summary>Thymol over four weeks: 66 to 98 % in all (Imdorf et al. 1999).</summary>
    public static MiteTreatment Thymol { get; } = new(28, 0.2, 0);

    /// <summary>Amitraz strips over six weeks: above 90 % where mites are not resistant (Rinkevich 2020).</summary>
    public static MiteTreatment Amitraz { get; } = new(42, 0.3, 0);
}
