namespace IotGateway.Science.Hive.Colony.Sensing;

/// <summary>Findings of a person in a hive; NaN, or a wash of no bees, for what was not looked at.</summary>
/// <param name="FramesOfBees">Frames covered with bees, 0 to 120.</param>
/// <param name="FramesOfBrood">Frames with brood, 0 to 120.</param>
/// <param name="StoresKilograms">Food, 0 to 120 kg.</param>
/// <param name="MitesWashed">Mites in the wash, 0 or more.</param>
/// <param name="BeesWashed">Bees in it, 0 to 2,000.</param>
public readonly record struct Inspection(
    double FramesOfBees = double.NaN, double FramesOfBrood = double.NaN, double StoresKilograms = double.NaN, int MitesWashed = 0,
    int BeesWashed = 0)
{
    /// <exception cref="InputException">A value is outside its range, or mites were counted on no bees.</exception>
    internal void Check()
    {
        Range(FramesOfBees, "frames of bees");
        Range(FramesOfBrood, "frames of brood");
        Range(StoresKilograms, "stores (kg)");
        Science.Check.Within(BeesWashed, 0, 2000, "bees in the wash");
        Science.Check.Within(MitesWashed, 0, BeesWashed == 0 ? 0 : 10_000, "mites in a wash of that many bees");
    }

    private static void Range(double value, string input)
    {
        if (!double.IsNaN(value))
            Science.Check.Within(value, 0, 120, input);
    }
}
