using System.Net;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Http;

/// <summary>
/// <c>POST /api/ingest/{gateway}</c>: a batch, answered with the stored answer once it is durable. For what runs on this machine: who may
/// send is not checked otherwise.
/// </summary>
internal static class IngestApi
{
    /// <summary>Content types that a page of another site cannot send without asking first.</summary>
    private static readonly string[] Types = ["application/json", "application/gzip"];

    private static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(30);

    public static void MapIngestApi(this IEndpointRouteBuilder routes) => routes.MapPost("/api/ingest/{gateway}", PostAsync);

    private static async Task<IResult> PostAsync(string gateway, HttpContext context, BatchReceiver receiver, GatewayRegistry gateways)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
            return Refusal(StatusCodes.Status403Forbidden, "only this machine may send batches over HTTP");
        if (!GatewayId.IsValid(gateway))
            return Refusal(StatusCodes.Status400BadRequest, "the path names no valid gateway");
        if (!Types.Contains(request.ContentType?.Split(';')[0]))
            return Refusal(StatusCodes.Status415UnsupportedMediaType, $"expected Content-Type {string.Join(" or ", Types)}");
        var (message, unread) = await RequestBody.ReadAsync(context, Batch.MaxBytes, BodyWithin);
        if (message is null)
            return unread!;

        var (outcome, refusal) = await receiver.TakeAsync(gateway, message, context.RequestAborted);
        if (refusal is not null)
            return Results.Bytes(refusal.ToJson(), "application/json").With(StatusCodes.Status422UnprocessableEntity);
        var ended = await outcome;
        switch (ended.Kind)
        {
            case OutcomeKind.Refused:
                return Refusal(StatusCodes.Status422UnprocessableEntity, $"it is refused: {ended.Reason}");
            case OutcomeKind.TryAgain:
                return Refusal(StatusCodes.Status503ServiceUnavailable, "it could not be stored; send it again");
        }

        var batch = BatchReceiver.Decode(gateway, message);
        var contiguous = gateways.Find(gateway) is { } view && view.Stream == batch.Stream ? view.Contiguous : 0;
        var range = new SequenceRange(batch.First, batch.Last);
        return Results.Bytes(new StoredAnswer(batch.Stream, contiguous, [range], []).ToJson(), "application/json");
    }

    private static IResult Refusal(int status, string why) => Problem.Refused(status, why);

    private static StatusResult With(this IResult result, int status) => new(result, status);

    private sealed class StatusResult(IResult result, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return result.ExecuteAsync(httpContext);
        }
    }
}
