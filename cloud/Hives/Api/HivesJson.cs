using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>Source-generated JSON of hives and their readings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<HiveJson>))]
[JsonSerializable(typeof(ReadingsJson))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class HivesJson : JsonSerializerContext;

/// <summary>
/// A hive with its newest values. <paramref name="Device"/> is the first of its devices. Times are UTC; <paramref name="Zone"/> is the IANA
/// zone in which to show them.
/// </summary>
internal sealed record HiveJson(
    string Id, string Name, string Device, IReadOnlyList<HiveDeviceJson> Devices, SiteJson Site, string Zone, DateTimeOffset? Now,
    IReadOnlyList<LatestJson> Latest, JsonNode? State);

/// <summary>A device of a hive; <paramref name="Metrics"/> is absent where it speaks for all that no other does.</summary>
internal sealed record HiveDeviceJson(string Device, IReadOnlyList<string>? Metrics, string? Position);

internal sealed record SiteJson(
    string Id, string Name, double Latitude, double Longitude, string Origin, string? Attribution, string? WeatherAttribution);

/// <summary>
/// The newest value of a metric; <paramref name="Quality"/> is the wire's number, <paramref name="Flags"/> its names, absent when good.
/// </summary>
internal sealed record LatestJson(
    string Metric, string Unit, string? Meaning, DateTimeOffset Time, DateTimeOffset Local, double Value, int Quality, string? Flags);

/// <summary>
/// Observations of one metric, each with the weather as it was known at its time; <paramref name="Next"/> is the address of the rest.
/// </summary>
internal sealed record ReadingsJson(
    string Hive, string Metric, string Unit, string? Meaning, string Zone, string Origin, WeatherUnitsJson WeatherUnits,
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReadingJson> Readings, string? Next);

/// <summary><paramref name="Time"/> is UTC, <paramref name="Local"/> the same moment with the zone's offset of then.</summary>
internal sealed record ReadingJson(
    DateTimeOffset Time, DateTimeOffset Local, double Value, int Quality, string? Flags, WeatherAtJson? Weather);

/// <summary>The newest weather observed at or before a reading, when that is no more than two hours old.</summary>
internal sealed record WeatherAtJson(DateTimeOffset Time, double? Temperature, double? Humidity);

internal sealed record WeatherUnitsJson(string Temperature, string Humidity, string? Precipitation = null);
