using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Route of the models' record: <c>GET /api/record</c>, all kinds.</summary>
internal static class RecordApi
{
    public static void MapRecordApi(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/record", async (RecordReader reader, CancellationToken cancellation) =>
            Results.Json(new RecordAnswer(await reader.ReadAsync(cancellation)), RecordJson.Default.RecordAnswer));
}

/// <summary>Records as the API gives them.</summary>
internal sealed record RecordAnswer(IReadOnlyList<ModelRecord> Kinds);

/// <summary>Source-generated JSON of records.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordAnswer))]
internal sealed partial class RecordJson : JsonSerializerContext;
