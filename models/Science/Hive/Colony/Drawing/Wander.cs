using static System.Math;

namespace IotGateway.Science.Hive.Colony.Drawing;

/// <summary>
/// Quantities that differ between colonies and days: each wanders about 0 and forgets over days (Ornstein and Uhlenbeck). How far and how
/// fast is ours: the papers give ranges between colonies, not courses.
/// </summary>
internal readonly record struct Wander(double Deviation, double Days)
{
    /// <summary>Of the logarithm of the queen's pace.</summary>
    public static readonly Wander Laying = new(0.2, 30);

    /// <summary>Of the logarithm of the bees' rate of loss.</summary>
    public static readonly Wander Loss = new(0.3, 20);

    /// <summary>Of the logarithm of the mites' offspring.</summary>
    public static readonly Wander Breeding = new(0.25, 40);

    /// <summary>Of what a forager finds beside the usual: −1 is nothing.</summary>
    public static readonly Wander Forage = new(0.6, 5);

    /// <summary>Standard deviation of a day's chance in the number of bees, as a logarithm: drift between hives, birds, sprays.</summary>
    public const double BeesADay = 0.02;

    /// <summary>Standard deviation of a day's chance in the number of mites, as a logarithm.</summary>
    public const double MitesADay = 0.04;

    /// <summary>Standard deviation of how strongly a treatment works in a hive, as a logarithm.</summary>
    public const double Treatment = 0.35;

    /// <summary>Share left after a day.</summary>
    public double Kept { get; } = Exp(-1 / Days);

    /// <summary>Standard deviation of a day's fresh part.</summary>
    public double Fresh { get; } = Deviation * Sqrt(1 - Exp(-2 / Days));

    public double Next(double value, double normal) => (Kept * value) + (Fresh * normal);
}
