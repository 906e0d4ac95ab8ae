using System.Text.Json.Serialization;

namespace IotGateway.Telemetry;

/// <summary>The envelope as it lies on the wire, before its records are resolved.</summary>
internal sealed record BatchEnvelope(
    [property: JsonPropertyName("schema")] int Schema,
    [property: JsonPropertyName("gateway")] string Gateway,
    [property: JsonPropertyName("stream")] string Stream,
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("last")] long Last,
    [property: JsonPropertyName("sent")] DateTimeOffset Sent,
    [property: JsonPropertyName("clock")] string Clock,
    [property: JsonPropertyName("senml")] SenmlRecord[] Senml)
{
    [JsonPropertyName("gaps")]
    public Gap[]? Gaps { get; init; }
}

/// <summary>One SenML record (RFC 8428 §4). <c>brt</c> and <c>q</c> are ours; readers that do not know them ignore them, as §4.4 says.</summary>
internal sealed record SenmlRecord
{
    /// <summary>Base name: the device and a slash. Holds until the next one.</summary>
    [JsonPropertyName("bn")]
    public string? BaseName { get; init; }

    /// <summary>Base time, seconds since 1970 UTC. Holds until the next one.</summary>
    [JsonPropertyName("bt")]
    public double? BaseTime { get; init; }

    /// <summary>Ours: when the gateway received it, seconds since 1970 UTC. Holds until the next one.</summary>
    [JsonPropertyName("brt")]
    public double? BaseReceived { get; init; }

    /// <summary>Name: the metric, or with no base name the device, a slash and the metric.</summary>
    [JsonPropertyName("n")]
    public string? Name { get; init; }

    [JsonPropertyName("u")]
    public string? Unit { get; init; }

    [JsonPropertyName("v")]
    public double? Value { get; init; }

    /// <summary>Seconds added to the base time.</summary>
    [JsonPropertyName("t")]
    public double? Time { get; init; }

    /// <summary>Ours: <see cref="Quality"/> as a number, absent when good.</summary>
    [JsonPropertyName("q")]
    public int? Quality { get; init; }
}
