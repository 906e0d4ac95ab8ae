using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Telemetry.Wire;

/// <summary>
/// The cloud's answer to a gateway: which sequences are durable there, and which it refuses. Only this frees the gateway's buffer;
/// a broker's PUBACK alone does not.
/// </summary>
/// <param name="Stream">The stream the sequences belong to (<see cref="Batch.Stream"/>).</param>
/// <param name="Contiguous">The highest sequence below which nothing is missing; 0 when even the first is.</param>
/// <param name="Stored">Ranges stored since the last answer, in any order; they may overlap what was answered before.</param>
/// <param name="Refused">Ranges that were refused since the last answer.</param>
public sealed record StoredAnswer(
    [property: JsonPropertyName("stream")] string Stream,
    [property: JsonPropertyName("contiguous")] long Contiguous,
    [property: JsonPropertyName("stored")] IReadOnlyList<SequenceRange> Stored,
    [property: JsonPropertyName("refused")] IReadOnlyList<Refusal> Refused)
{
    /// <summary>The answer as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Default.StoredAnswer);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="BatchFormatException">It is not one.</exception>
    public static StoredAnswer Parse(ReadOnlySpan<byte> json)
    {
        var answer = WireJson.Read(json, WireJson.Default.StoredAnswer, "stored answer");
        if (answer.Contiguous is < 0 or > SequenceRange.MaxSequence || answer.Refused.Any(r => r is null)
            || !answer.Stored.Concat(answer.Refused.Select(r => new SequenceRange(r.First, r.Last))).All(r => r.IsValid))
            throw new BatchFormatException("bad_range", "A stored answer names sequences that cannot be.");
        return answer;
    }
}
