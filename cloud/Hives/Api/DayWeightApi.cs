using System.Text.Json.Serialization;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Weight;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Science.Hive.Weight.Day;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>
/// <c>GET /api/hives/{id}/weight/day?day=…</c>: foragers, food and hours of flight of one day from the scale alone, one of the
/// last 58; without a day the last whole one by the site's clock.
/// </summary>
internal static class DayWeightApi
{
    private const int MostDays = 58;

    public static void MapDayWeight(this IEndpointRouteBuilder routes) => routes.MapGet("/api/hives/{id}/weight/day", DayAsync);

    private static async Task<IResult> DayAsync(
        string id, string? day, Apiary apiary, HiveWeights weights, VisitBook book, CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        var now = await book.NowAsync(hive, cancellation);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, hive.Site.Zone).DateTime).AddDays(-1);
        var (range, refusal) = DayRange.Read(day, day, last, 1, 1);
        if (refusal is not null)
            return refusal;
        if (range.To > last.AddDays(1) || range.To < last.AddDays(-MostDays))
            return Problem.BadParameter("day", day, $"one of the {MostDays} days up to the site's clock");
        return await weights.DayAsync(hive, range.To, now, cancellation) is { } told
            ? Results.Json(new DayAnswer(id, told.Day, told.Told, told.NotSaid), DayWeightJson.Default.DayAnswer)
            : Problem.Refused(StatusCodes.Status404NotFound, $"No scale has sent a weight of hive '{id}'.", "Not found");
    }
}

/// <summary>Source-generated JSON of a day's weight.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DayAnswer))]
internal sealed partial class DayWeightJson : JsonSerializerContext;

/// <summary>A day of a hive: what its weight tells, or why it tells nothing.</summary>
internal sealed record DayAnswer(string Hive, DateOnly Day, DayWeight? Told, string? NotSaid);
