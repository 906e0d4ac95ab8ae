namespace IotGateway.Science.Hive.Colony.Drawing;

/// <summary>
/// A day's chance for one colony: standard normal numbers, a uniform one, and what a scale told of the day where there is one.
/// </summary>
/// <param name="Laying">Moves the queen's pace.</param>
/// <param name="Loss">Moves the rate of loss.</param>
/// <param name="Breeding">Moves the mites' breeding.</param>
/// <param name="Bees">Moves the number of bees.</param>
/// <param name="Mites">Moves the number of mites.</param>
/// <param name="Forage">Moves what is found outside.</param>
/// <param name="Uniform">From 0 to 1, for what happens or not.</param>
/// <param name="Gain">The scale's word.</param>
internal readonly record struct Chance(
    double Laying, double Loss, double Breeding, double Bees, double Mites, double Forage, double Uniform, WeighedGain Gain);
