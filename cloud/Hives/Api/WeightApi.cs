using System.Text.Json.Serialization;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Weight;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>
/// <c>GET /api/hives/{id}/weight?from=…&amp;to=…</c>: net weight beside raw as it was known at <c>to</c>, from at most 60 days before;
/// without them the last week up to the site's clock.
/// </summary>
internal static class WeightApi
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    public static void MapWeight(this IEndpointRouteBuilder routes) => routes.MapGet("/api/hives/{id}/weight", WeightAsync);

    private static async Task<IResult> WeightAsync(
        string id, string? from, string? to, Apiary apiary, HiveWeights weights, VisitBook book, CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        var now = await book.NowAsync(hive, cancellation);
        var ((since, until), refusal) = TimeRange.Read(from, to, now, DefaultSpan);
        if (refusal is not null)
            return refusal;
        if (Parameters.Before(until, HiveWeight.Window) > since)
            return Problem.BadParameter("from", from, $"a time at most {HiveWeight.Window.TotalDays:0} days before to");
        if (await weights.ReadAsync(hive, until, cancellation) is not { } weight)
            return Problem.Refused(StatusCodes.Status404NotFound, $"No scale has sent a weight of hive '{id}'.", "Not found");

        var net = weight.Net;
        var points = net.Points.ToDictionary(p => p.Time);
        return Results.Json(
            new WeightAnswer(
                id, weight.AsOf, "kg", net.Since, net.LeftOut,
                [
                    .. weight.Raw.Where(r => r.Time >= since).Select(r => points.TryGetValue(r.Time, out var p)
                        ? new WeightAt(r.Time, r.Kilograms, Grams(p.NetKilograms), Grams(p.HalfWidthKilograms))
                        : new WeightAt(r.Time, r.Kilograms, null, null)),
                ],
                [.. net.Steps.Select(s => new StepAt(s.From, s.To, Grams(s.Kilograms), s.Kind, s.IsTakenOut))],
                weight.Drift, weight.DriftNote),
            WeightJson.Default.WeightAnswer);
    }

    private static double Grams(double kilograms) => Math.Round(kilograms, 3);
}

/// <summary>Source-generated JSON of weights.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NameOf<StepKind>)])]
[JsonSerializable(typeof(WeightAnswer))]
internal sealed partial class WeightJson : JsonSerializerContext;

/// <summary>
/// Weight of a hive, kg. <paramref name="Since"/> is the beginning of the net weight, behind the last gap of more than two days;
/// <paramref name="LeftOut"/> counts readings since then without one.
/// </summary>
internal sealed record WeightAnswer(
    string Hive, DateTimeOffset AsOf, string Unit, DateTimeOffset? Since, int LeftOut, IReadOnlyList<WeightAt> Points,
    IReadOnlyList<StepAt> Steps, ScaleDrift? Drift, string DriftNote);

/// <summary>A reading; net weight and half its 95 % interval are absent where the hive did not stand alone on its scale.</summary>
internal sealed record WeightAt(DateTimeOffset Time, double Raw, double? Net, double? HalfWidth);

/// <summary>A sudden change between two readings.</summary>
internal sealed record StepAt(DateTimeOffset From, DateTimeOffset To, double Kilograms, StepKind Kind, bool TakenOut);
