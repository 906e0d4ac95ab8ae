namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Visit to a hive, as a person wrote it down. Whatever was not looked at, done or counted is null.</summary>
/// <param name="Begin">When the hive was opened, UTC.</param>
/// <param name="Author">Whoever wrote it, 1 to 80 characters.</param>
internal sealed record Visit(DateTimeOffset Begin, string Author)
{
    /// <summary>Length taken for a visit without an end.</summary>
    public static readonly TimeSpan UsualLength = TimeSpan.FromHours(1);

    /// <summary>Time at which it was closed again, UTC, at most 12 h after it was opened.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Boxes on the hive as it was left, 1 to 12.</summary>
    public int? Boxes { get; init; }

    /// <summary>Frames covered with bees, 0 to 120, halves and less as people estimate them.</summary>
    public double? FramesOfBees { get; init; }

    /// <summary>Frames with brood, 0 to 120.</summary>
    public double? FramesOfBrood { get; init; }

    /// <summary>Frames of honey, 0 to 120.</summary>
    public double? FramesOfHoney { get; init; }

    public QueenFound? Queen { get; init; }

    /// <summary>Food in the hive, estimated, 0 to 120 kg.</summary>
    public double? StoresKilograms { get; init; }

    public MiteWash? MiteWash { get; init; }

    public Treatment? Treatment { get; init; }

    public Feeding? Feeding { get; init; }

    public Harvest? Harvest { get; init; }

    public Loss? Loss { get; init; }

    /// <summary>A swarm left since the visit before.</summary>
    public bool? Swarm { get; init; }

    public Split? Split { get; init; }

    public Checklist? Checklist { get; init; }

    /// <summary>Disease of the brood as found; null where nobody looked for it.</summary>
    public BroodDisease? Disease { get; init; }

    public Equipment? Equipment { get; init; }

    /// <summary>Free words, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>The end of the hours in which sensors tell of the beekeeper rather than of the bees.</summary>
    public DateTimeOffset Until => End ?? Begin + UsualLength;
}
