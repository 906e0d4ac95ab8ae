using System.Text.Json.Serialization;

namespace IotGateway.Telemetry.Wire;

/// <summary>The sequences from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct SequenceRange(
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("last")] long Last)
{
    /// <summary>
    /// The greatest sequence: 48 bits, ten thousand a second for nine centuries. Sums of sequences therefore never overflow.
    /// </summary>
    public const long MaxSequence = (1L << 48) - 1;

    /// <summary>True of a range that can be: 1 or more, the first not after the last.</summary>
    [JsonIgnore]
    public bool IsValid => First >= 1 && First <= Last && Last <= MaxSequence;

    /// <summary>Number of sequences in the range.</summary>
    [JsonIgnore]
    public long Count => Last - First + 1;
}

/// <summary>Sequences that the cloud will never take, and why.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Reason">What is wrong, for the gateway's dead letters.</param>
public sealed record Refusal(
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("last")] long Last,
    [property: JsonPropertyName("reason")] string Reason);

/// <summary>Readings that were lost inside a range of sequences, told upstream so that the hole has a cause.</summary>
/// <param name="First">The first sequence that lost readings.</param>
/// <param name="Last">The last one.</param>
/// <param name="Readings">How many readings are gone.</param>
/// <param name="Cause">A short name such as <c>disk_full</c>.</param>
public sealed record Gap(
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("last")] long Last,
    [property: JsonPropertyName("readings")] long Readings,
    [property: JsonPropertyName("cause")] string Cause)
{
    /// <summary>The stream the sequences belong to; null for the message's own.</summary>
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }
}
