using System.Text.Json;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Telemetry.Wire;

/// <summary>Reads a batch's envelope; its records go to <see cref="SenmlReader"/>.</summary>
internal static class BatchReader
{
    /// <exception cref="BatchFormatException">It is no batch of this version.</exception>
    public static Batch Read(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new BatchFormatException("not_json", "A batch is no JSON object.");
            var batch = ReadEnvelope(ref json);
            if (json.Read())
                throw new BatchFormatException("not_json", "Something follows a batch.");
            return batch;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException and not BatchFormatException)
        {
            throw new BatchFormatException("not_json", $"A batch cannot be read: {e.Message}", e);
        }
    }

    private static Batch ReadEnvelope(ref Utf8JsonReader json)
    {
        int? schema = null;
        string? gateway = null, stream = null, clock = null;
        long first = 0, last = 0;
        DateTimeOffset? sent = null;
        Gap[] gaps = [];
        Reading[]? readings = null;
        OtherRecords others = default;
        Utf8JsonReader records = default;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "schema":
                    schema = json.GetInt32();
                    if (schema != Batch.Schema)
                        throw new BatchFormatException(
                            "unknown_schema", $"A batch has schema {schema}; this program reads schema {Batch.Schema}.");
                    break;
                case "gateway":
                    gateway = json.GetString();
                    break;
                case "stream":
                    stream = json.GetString();
                    break;
                case "first":
                    first = json.GetInt64();
                    break;
                case "last":
                    last = json.GetInt64();
                    break;
                case "sent":
                    sent = json.GetDateTimeOffset();
                    break;
                case "clock":
                    clock = json.GetString();
                    break;
                case "gaps":
                    gaps = JsonSerializer.Deserialize(ref json, WireJson.Default.GapArray) ?? [];
                    break;
                case "senml":
                    // "sent", from which relative times are counted, usually stands before.
                    records = json;
                    readings = sent is null ? Skip(ref json) : SenmlReader.Read(ref json, BatchLimits.Readings, sent, out others);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (readings is null && sent is not null && records.TokenType != JsonTokenType.None)
            readings = SenmlReader.Read(ref records, BatchLimits.Readings, sent, out others);
        if (schema is null || sent is null || clock is not { Length: <= 32 } || readings is null)
            throw Wrong("lacks one of schema, sent, clock (of at most 32 characters), senml");
        if (!GatewayId.IsValid(gateway))
            throw Wrong("names no valid gateway");
        if (!BatchLimits.IsStream(stream))
            throw Wrong("has a stream that is not 1 to 64 letters and digits");
        if (!new SequenceRange(first, last).IsValid)
            throw Wrong($"covers the sequences {first} to {last}; expected 1 ≤ first ≤ last ≤ {SequenceRange.MaxSequence}");
        BatchLimits.Check(gaps);
        BatchLimits.Check(readings);
        return new Batch(gateway!, stream!, first, last, sent.Value, clock, gaps, readings) { Others = others };
    }

    private static Reading[]? Skip(ref Utf8JsonReader json)
    {
        json.Skip();
        return null;
    }

    private static BatchFormatException Wrong(string what) => new("bad_envelope", $"A batch {what}.");
}
