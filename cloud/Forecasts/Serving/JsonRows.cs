using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>
/// Rows as <c>application/json</c>: <c>{"instances":[{"features":[…]}]}</c>, an unknown number as null; the answer
/// <c>{"columns":[…],"predictions":[[…]]}</c>.
/// </summary>
internal sealed class JsonRows : IRowFormat
{
    private const string Expected = "{\"columns\":[…],\"predictions\":[[…]]}";

    public string MediaType => "application/json";

    public byte[] Write(IReadOnlyList<double[]> rows)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("instances");
            foreach (var row in rows)
                WriteRow(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    public AnsweredRows Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EndpointJson.Default.EndpointPredictions) is { } answer
                ? new AnsweredRows(answer.Columns, [.. answer.Predictions.Select(row => row.Select(v => v ?? double.NaN).ToArray())])
                : throw new EndpointAnswerException("null", Expected);
        }
        catch (JsonException e)
        {
            throw new EndpointAnswerException($"what is no such JSON ({Web.Problem.Shown(e.Message)})", Expected);
        }
    }

    private static void WriteRow(Utf8JsonWriter json, double[] row)
    {
        json.WriteStartObject();
        json.WriteStartArray("features");
        foreach (var value in row)
        {
            if (double.IsNaN(value))
                json.WriteNullValue();
            else
                json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>Answer as it comes.</summary>
internal sealed record EndpointPredictions(IReadOnlyList<string> Columns, IReadOnlyList<double?[]> Predictions);

/// <summary>Source-generated JSON of answers and errors of an endpoint.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EndpointPredictions))]
internal sealed partial class EndpointJson : JsonSerializerContext;
