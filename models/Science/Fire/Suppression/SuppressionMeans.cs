namespace IotGateway.Science.Fire.Suppression;

/// <summary>A way to work on a fire, and the flame length up to which it has a chance at the head.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="FlameLimitMetres">Flame length up to which it can hold the head; infinite where it keeps its distance.</param>
/// <param name="Assumptions">What must be so for the figure to hold.</param>
public sealed record SuppressionMeans(string Name, double FlameLimitMetres, string Assumptions)
{
    /// <summary>
    /// Hand crews, equipment, aircraft and indirect attack with the flame lengths of the NWCG Fire Behavior Field
    /// Reference Guide (4, 8 and 11 ft). Guides differ: edit them to the service's own.
    /// </summary>
    public static IReadOnlyList<SuppressionMeans> Usual { get; } =
    [
        new("hand crew, direct", 1.2, "at the head or flank with hand tools, an anchor point, escape routes and a safety zone"),
        new("equipment, direct", 2.4, "dozers, engines or ploughs that can reach the line"),
        new("aircraft", 3.4, "drops supported from the ground at once; wind and smoke allow flying"),
        new(
            "indirect, from prepared lines", double.PositiveInfinity,
            "time and room to burn out ahead of the fire; no claim that a line holds against spotting"),
    ];
}
