using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Ingest.Queue;
using IotGateway.Cloud.Ingest.Status;

namespace IotGateway.Cloud.Api;

/// <summary>Source-generated JSON of what the API answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<HiveJson>))]
[JsonSerializable(typeof(ReadingsJson))]
[JsonSerializable(typeof(IReadOnlyList<GatewayView>))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(WorkJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>A hive with its newest values. Times are UTC; <paramref name="Zone"/> is the IANA zone in which to show them.</summary>
internal sealed record HiveJson(
    string Id, string Name, string Device, SiteJson Site, string Zone, DateTimeOffset? Now, IReadOnlyList<LatestJson> Latest, JsonNode? Forecast);

internal sealed record SiteJson(string Id, string Name, double Latitude, double Longitude, string Origin, string? Attribution, string? WeatherAttribution);

/// <summary>The newest value of a metric; <paramref name="Quality"/> is the wire's number, <paramref name="Flags"/> its names, absent when good.</summary>
internal sealed record LatestJson(
    string Metric, string Unit, string? Meaning, DateTimeOffset Time, DateTimeOffset Local, double Value, int Quality, string? Flags);

/// <summary>Observations of one metric, each with the weather as it was known at its time; <paramref name="Next"/> is the address of the rest.</summary>
internal sealed record ReadingsJson(
    string Hive, string Metric, string Unit, string? Meaning, string Zone, string Origin, WeatherUnitsJson WeatherUnits,
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReadingJson> Readings, string? Next);

/// <summary><paramref name="Time"/> is UTC, <paramref name="Local"/> the same moment with the zone's offset of then.</summary>
internal sealed record ReadingJson(DateTimeOffset Time, DateTimeOffset Local, double Value, int Quality, string? Flags, WeatherAtJson? Weather);

/// <summary>The newest weather observed at or before a reading, when that is no more than two hours old.</summary>
internal sealed record WeatherAtJson(DateTimeOffset Time, double? Temperature, double? Humidity);

internal sealed record WeatherUnitsJson(string Temperature, string Humidity, string? Precipitation = null);

/// <summary>
/// How the process is, and a page of the devices that report. <paramref name="Readings"/> is all that is stored, where one process stores it;
/// <paramref name="Next"/> is the address of the rest of the devices.
/// </summary>
internal sealed record StatusJson(
    string Version,
    DateTimeOffset Started,
    long? Readings,
    IReadOnlyDictionary<string, long> SinceStart,
    IReadOnlyDictionary<string, long> RefusedByReason,
    IReadOnlyDictionary<string, long> ConnectionsRefusedByReason,
    int? CuratedFiles,
    CuratedStatusJson? Curated,
    IReadOnlyList<SeriesJson> Series,
    IReadOnlyList<UnassignedJson> UnassignedDevices,
    string? Next,
    QueueDepth? Queue);

/// <summary>The curated lake, told by the process that makes it: what keeps readings back, and what could not be read (at most the first hundred are named).</summary>
internal sealed record CuratedStatusJson(
    int Partitions, long Rows, string? Problem, IReadOnlyList<HeldJson> Held, int UnreadableParts, IReadOnlyList<UnreadableJson> Unreadable);

/// <summary>A partition that is not brought up to date, with the reason; <paramref name="Sources"/> raw objects wait.</summary>
internal sealed record HeldJson(string MetricFamily, DateOnly Date, string Reason, string Detail, DateTimeOffset Since, int Sources);

internal sealed record UnreadableJson(string Object, string Reason, string Detail);

internal sealed record SeriesJson(string Device, string? Hive, string Metric, string Unit, long Readings, DateTimeOffset Newest);

/// <summary>A device that reports and is no hive of the configuration; its readings are stored all the same.</summary>
internal sealed record UnassignedJson(string Device, long Readings, DateTimeOffset Newest);

/// <summary>What this process did since its start, what it makes, and how much waits for all.</summary>
internal sealed record WorkJson(
    IReadOnlyDictionary<string, long> SinceStart, IReadOnlyDictionary<string, long> RefusedByReason, QueueDepth? Queue, CuratedStatusJson? Curated, ForecastWorkJson Forecasts);

/// <summary>Hive-hours judged, left out for being too far behind, and steps that failed.</summary>
internal sealed record ForecastWorkJson(long Runs, long Skipped, long Failed);

internal sealed record HealthJson(string Status, string? Reason);

/// <summary>RFC 9457; the last three name what was wrong with a parameter.</summary>
internal sealed record ProblemJson(string Type, string Title, int Status, string Detail, string? Parameter, string? Value, string? Expected);
