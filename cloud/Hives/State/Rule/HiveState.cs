using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>States of a colony, in the order of what a beekeeper should look at last to first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColonyState>))]
internal enum ColonyState
{
    /// <summary>As its own history and the weather would have it.</summary>
    Normal,

    /// <summary>Too little history to compare with.</summary>
    Learning,

    /// <summary>Departs from its own history; worth a look at the next visit.</summary>
    Watch,

    /// <summary>Sends nothing while the site's clock moves on.</summary>
    Silent,

    /// <summary>Departs strongly from its own history, or is outside what any colony bears.</summary>
    Abnormal,
}

/// <summary>One finding, in plain words with numbers and units.</summary>
/// <param name="State">What it alone would make the hive.</param>
/// <param name="Check">
/// The check that found it: temperature, humidity, control, fall, heat, damp, silence or history; neighbours, apart, unsteady or gain
/// beside its neighbours; sensor, sensor-stuck, sensor-drift, sensor-swap, sensor-disagree or sensor-changed of its sensor; swarm,
/// starvation, robbing, theft or death.
/// </param>
/// <param name="Text">A sentence for the beekeeper.</param>
internal sealed record Reason(ColonyState State, string Check, string Text)
{
    /// <summary>The beginning of the visit within whose hours it is held back, so that it makes no state; null of any other.</summary>
    public DateTimeOffset? HeldBack { get; init; }

    /// <summary>It turns the light on.</summary>
    [JsonIgnore]
    public bool IsAlarm => State is ColonyState.Watch or ColonyState.Abnormal && HeldBack is null;
}

/// <summary>Finding that stands, from the hour it began on, also while it is not found for some hours.</summary>
/// <param name="Check">The check that found it.</param>
/// <param name="Since">The hour that it was first found as of.</param>
/// <param name="Seen">The hour that it was last found as of.</param>
internal sealed record Standing(string Check, DateTimeOffset Since, DateTimeOffset Seen);

/// <summary>Findings that began in an hour, by their checks: by them the words' record is made.</summary>
internal sealed record BegunWords(DateTimeOffset AsOf, IReadOnlyList<string> Checks);

/// <summary>The rule's state of a hive from what was known at a time. It is a rule, not a trained model, and no probability.</summary>
/// <param name="AsOf">Nothing later than this was looked at.</param>
/// <param name="State">The gravest of the reasons', without those held back.</param>
/// <param name="Reasons">At least one, the gravest first.</param>
/// <param name="Evidence">The numbers behind the reasons.</param>
internal sealed record HiveState(DateTimeOffset AsOf, ColonyState State, IReadOnlyList<Reason> Reasons, StateEvidence Evidence)
{
    /// <summary>Name by which every page and answer calls what made this.</summary>
    public const string Method = "rule";

    /// <summary>The sentence that stands wherever a state is shown.</summary>
    public const string MethodNote =
        "This is a rule, not a trained model: it compares the hive with its own history, its neighbours and the weather, and gives no "
            + "probability.";

    /// <summary>Findings that stand; null in states said before any could.</summary>
    public IReadOnlyList<Standing>? Standing { get; init; }
}

/// <summary>The numbers behind a state; null where they could not be known.</summary>
internal sealed record StateEvidence
{
    /// <summary>Hours with a temperature in the 14 days before.</summary>
    public int HistoryHours { get; init; }

    /// <summary>Time of the hive's newest reading.</summary>
    public DateTimeOffset? LastReading { get; init; }

    /// <summary>Mean of the last 3 h.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Temperature that its own history leads one to expect for this weather and hour.</summary>
    public double? ExpectedTemperatureCelsius { get; init; }

    /// <summary>Standard deviation of its history about that.</summary>
    public double? TemperatureSpreadCelsius { get; init; }

    /// <summary>Mean of the last 3 h.</summary>
    public double? HumidityPercent { get; init; }

    public double? ExpectedHumidityPercent { get; init; }

    public double? HumiditySpreadPercent { get; init; }

    /// <summary>Outside air, mean of the last 3 h.</summary>
    public double? OutsideCelsius { get; init; }

    /// <summary>Warmest less coldest hour of the last 24 h.</summary>
    public double? SwingCelsius { get; init; }

    /// <summary>The median of that over the days before.</summary>
    public double? UsualSwingCelsius { get; init; }

    /// <summary>°C inside per °C outside over the last 24 h.</summary>
    public double? FollowsWeather { get; init; }

    /// <summary>The median of that over the days before.</summary>
    public double? UsuallyFollowsWeather { get; init; }

    /// <summary>Neighbours with a reading in the last 3 h.</summary>
    public int? Neighbours { get; init; }

    /// <summary>Median of the last seven days' swings.</summary>
    public double? WeekSwingCelsius { get; init; }

    /// <summary>The neighbours' median of that.</summary>
    public double? NeighboursWeekSwingCelsius { get; init; }

    /// <summary>The last 3 h less what the week before has at this hour, and less what the neighbours moved.</summary>
    public double? ApartCelsius { get; init; }

    /// <summary>Change of the net weight over the last seven days.</summary>
    public double? WeekGainKilograms { get; init; }

    /// <summary>The neighbours' median of that.</summary>
    public double? NeighboursWeekGainKilograms { get; init; }

    /// <summary>Departure from the expected temperature in spreads.</summary>
    public double? TemperatureDeviation =>
        (TemperatureCelsius - ExpectedTemperatureCelsius) / TemperatureSpreadCelsius;

    /// <summary>Departure from the expected humidity in spreads.</summary>
    public double? HumidityDeviation => (HumidityPercent - ExpectedHumidityPercent) / HumiditySpreadPercent;
}
