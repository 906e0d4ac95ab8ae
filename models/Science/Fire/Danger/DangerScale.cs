namespace IotGateway.Science.Fire.Danger;

/// <summary>Names for stretches of the FWI, as data: services draw them differently and change them.</summary>
/// <param name="Name">The scale's name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Classes">Classes from the lowest, each with the FWI it starts at.</param>
public sealed record DangerScale(string Name, string Source, IReadOnlyList<DangerClass> Classes)
{
    /// <summary>EFFIS: low, moderate, high, very high, extreme, very extreme.</summary>
    public static DangerScale Effis { get; } = new(
        "EFFIS",
        "European Forest Fire Information System, fire danger forecast, FWI thresholds 5.2, 11.2, 21.3, 38 and 50",
        [new("low", 0), new("moderate", 5.2), new("high", 11.2), new("very high", 21.3), new("extreme", 38), new("very extreme", 50)]);

    /// <summary>Canada, in the national form; provinces differ. The classes start at whole numbers of the rounded FWI.</summary>
    public static DangerScale Canada { get; } = new(
        "Canada",
        "Canadian Wildland Fire Information System, FWI map legend: 0–1, 2–4, 5–8, 9–16, 17–30, above 30",
        [new("very low", 0), new("low", 1.5), new("moderate", 4.5), new("high", 8.5), new("very high", 16.5), new("extreme", 30.5)]);

    /// <summary>The class of an FWI of 0 or more.</summary>
    /// <exception cref="InputException">The FWI is negative or not a number.</exception>
    public DangerClass Of(double fwi)
    {
        Check.Within(fwi, 0, 1e9, "FWI");
        return Classes.Last(c => fwi >= c.FromFwi);
    }
}

/// <summary>One class of a danger scale.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FromFwi">The FWI it starts at.</param>
public sealed record DangerClass(string Name, double FromFwi);
