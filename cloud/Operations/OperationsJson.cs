using System.Text.Json.Serialization;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Lake.Raw;

namespace IotGateway.Cloud.Operations;

/// <summary>Source-generated JSON of how the cloud is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<GatewayView>))]
[JsonSerializable(typeof(IReadOnlyList<Contest>))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(WorkJson))]
[JsonSerializable(typeof(HealthJson))]
internal sealed partial class OperationsJson : JsonSerializerContext;

/// <summary>
/// State of the process, and a page of the devices that report. <paramref name="Readings"/> is all that is stored, where one process stores
/// it; <paramref name="Next"/> is the address of the rest of the devices.
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
    QueueDepth? Queue,
    IReadOnlyList<LakeFault> LakeFaults);

/// <summary>
/// The curated lake, told by the process that makes it: what keeps readings back, and what could not be read (at most the first hundred of
/// each are named).
/// </summary>
internal sealed record CuratedStatusJson(
    int Partitions, long Rows, string? Problem, IReadOnlyList<HeldJson> Held, int UnreadableParts,
    IReadOnlyList<UnreadableJson> Unreadable);

/// <summary>A partition that is not brought up to date, with the reason; <paramref name="Sources"/> raw objects wait.</summary>
internal sealed record HeldJson(string MetricFamily, DateOnly Date, string Reason, string Detail, DateTimeOffset Since, int Sources);

internal sealed record UnreadableJson(string Object, string Reason, string Detail);

internal sealed record SeriesJson(string Device, string? Hive, string Metric, string Unit, long Readings, DateTimeOffset Newest);

/// <summary>A device that reports and is no hive of the configuration; its readings are stored all the same.</summary>
internal sealed record UnassignedJson(string Device, long Readings, DateTimeOffset Newest);

/// <summary>Work of this process since its start, what it makes, and how much waits for all.</summary>
internal sealed record WorkJson(
    IReadOnlyDictionary<string, long> SinceStart, IReadOnlyDictionary<string, long> RefusedByReason, QueueDepth? Queue,
    CuratedStatusJson? Curated, RunsJson States, RunsJson Forecasts);

/// <summary>Hours done, left out for being too far behind, and steps that failed.</summary>
internal sealed record RunsJson(long Done, long Skipped, long Failed);

/// <summary>
/// Health of the process; <paramref name="Warnings"/> are what it found damaged in the lake and could not mend, which stops nothing.
/// </summary>
internal sealed record HealthJson(string Status, string? Reason, IReadOnlyList<string>? Warnings = null);
