namespace IotGateway.Cloud.Hives.Visits;

/// <summary>State of the queen as found.</summary>
internal enum QueenFound
{
    /// <summary>Seen, or her eggs.</summary>
    Right,

    /// <summary>Neither she nor eggs were seen, which is not yet a loss.</summary>
    NotSeen,

    /// <summary>The colony has none.</summary>
    Missing,
}

/// <summary>Mites washed or shaken off a sample of bees.</summary>
/// <param name="Mites">Phoretic mites counted, 0 or more.</param>
/// <param name="Bees">Bees in the sample, 1 to 2,000; about 300 is usual.</param>
internal sealed record MiteWash(int Mites, int Bees);

/// <summary>Treatment against mites or disease, begun at the visit or, with <paramref name="Removed"/>, taken out at it.</summary>
/// <param name="Means">The active substance or the method.</param>
/// <param name="Product">The trade name or dose, at most 80 characters.</param>
/// <param name="Removed">True where the visit ended it.</param>
internal sealed record Treatment(TreatmentMeans Means, string? Product = null, bool Removed = false);

/// <summary>Substances and methods of a treatment.</summary>
internal enum TreatmentMeans
{
    OxalicAcid,
    FormicAcid,
    LacticAcid,
    Thymol,
    Amitraz,
    Flumethrin,
    Fluvalinate,
    Coumaphos,
    HopAcids,
    DroneBroodRemoval,
    BroodBreak,
    Antibiotic,
    Other,
}

/// <summary>Food given.</summary>
/// <param name="Food">Which.</param>
/// <param name="Kilograms">Its weight, more than 0 to 50 kg; null where it was not weighed.</param>
internal sealed record Feeding(Food Food, double? Kilograms = null);

/// <summary>Kinds of food.</summary>
internal enum Food
{
    Syrup,
    Fondant,
    Honey,
    Pollen,
    Other,
}

/// <summary>Honey taken.</summary>
/// <param name="Kilograms">Its weight with what holds it, more than 0 to 200 kg; null where it was not weighed.</param>
/// <param name="Frames">Frames taken, 0 to 120.</param>
internal sealed record Harvest(double? Kilograms = null, double? Frames = null);

/// <summary>Death or disappearance of the colony.</summary>
/// <param name="Cause">As far as it can be told.</param>
internal sealed record Loss(LossCause Cause);

/// <summary>Causes of a loss.</summary>
internal enum LossCause
{
    Unknown,
    Mites,
    Disease,
    Queen,
    Starvation,
    Weather,
    Robbing,
    Predator,
    Pesticide,
    Absconded,
    Theft,
    Other,
}

/// <summary>Diseases of the brood that a visit may find.</summary>
internal enum BroodDisease
{
    /// <summary>The brood was looked at and nothing found.</summary>
    None,
    AmericanFoulbrood,
    EuropeanFoulbrood,
    Other,
}

/// <summary>Part of the colony taken away into another hive.</summary>
/// <param name="Frames">Frames of bees that went, more than 0 to 120; null where they were not counted.</param>
/// <param name="To">The hive they went to; null where it has no name here.</param>
internal sealed record Split(double? Frames = null, string? To = null);

/// <summary>
/// The six items of the Healthy Colony Checklist (Lower et al. 2024); true where one is met, null where it was not looked at.
/// </summary>
internal sealed record Checklist(
    bool? Brood = null, bool? Bees = null, bool? Queen = null, bool? Food = null, bool? Stressors = null, bool? Space = null);

/// <summary>Work on the hive that its scale or its sensors show and that no colony does.</summary>
/// <param name="BoxesAdded">Boxes or supers set on, 0 to 12.</param>
/// <param name="BoxesRemoved">Boxes or supers taken off, 0 to 12.</param>
/// <param name="ScaleTared">The scale was set to another zero.</param>
/// <param name="SensorChanged">The scale or a sensor was exchanged or moved.</param>
internal sealed record Equipment(
    int BoxesAdded = 0, int BoxesRemoved = 0, bool ScaleTared = false, bool SensorChanged = false);
