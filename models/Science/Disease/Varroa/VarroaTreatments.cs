namespace IotGateway.Science.Disease.Varroa;

/// <summary>
/// Treatments against Varroa with the share of mites that they take away, as published or as our data tell it. They act at once in a
/// scenario, while a real one takes days to weeks.
/// </summary>
public static class VarroaTreatments
{
    private const string Auburn =
        "Aurell et al. 2025, J. Econ. Entomol. (data of 177 colonies, doi 10.5281/zenodo.15733143): mites on day 77 against the untreated "
            + "colonies', 95 % interval by drawing colonies";

    /// <summary>Those with a known efficacy.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        new(
            "oxalic-acid", "", 0.0, 0.90,
            $"{Auburn}: one dribble −0.08 to 0.79, five 0.27 to 0.90, vapour −0.43 to 0.67; with brood in the hive"),
        new("amitraz", "", 0.47, 0.92, $"{Auburn}: strips 0.47 to 0.90, emulsion 0.64 to 0.92"),
        new("hop-acids", "", 0.51, 0.89, Auburn),
        new(
            "formic-acid", "", 0.49, 0.81,
            "Pietropaoli & Formato 2021, J. Apic. Res.: means of three products, 49.3 ± 14.9, 73.2 ± 12.5 and 81.2 ± 16.0 %"),
        new(
            "thymol", "", 0.68, 0.96,
            "Mattila & Otis 1999, Am. Bee J. 139:947: 68 to 82 %; Floris et al. 2004, J. Econ. Entomol. 97:187: means of 74.8 to 95.5 %"),
        new(
            "brood-break", "", 0.48, 0.90,
            "Büchler et al. 2020, J. Apic. Res. 59:764: queen caging with oxalic acid, 48.16 to 89.57 % by the way of applying it"),
    ];

    /// <summary>Range of a treatment without a published efficacy here: it may have done nothing, or nearly all.</summary>
    internal static Parameter Unknown { get; } = new("another treatment", "", 0, 0.95, "none: from nothing to nearly all");

    /// <summary>The treatment of a name; null where its efficacy is not known here.</summary>
    public static Parameter? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
