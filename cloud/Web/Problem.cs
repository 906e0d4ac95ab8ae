using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Web;

/// <summary>Answers of refusal, <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problem
{
    public static IResult BadParameter(string parameter, string? value, string expected) => Answer(new ProblemJson(
        "about:blank", "A parameter is wrong", StatusCodes.Status400BadRequest,
        value is null ? $"{parameter} is missing; expected {expected}." : $"{parameter} is '{Shown(value)}'; expected {expected}.",
        parameter, value is null ? null : Shown(value), expected));

    public static IResult NotFound(string what, string id) =>
        Refused(StatusCodes.Status404NotFound, $"There is no {what} '{Shown(id)}'.", "Not found");

    /// <summary>A refusal with a sentence that says why.</summary>
    public static IResult Refused(int status, string detail, string title = "Refused") =>
        Answer(new ProblemJson("about:blank", title, status, detail, null, null, null));

    /// <summary>A text as an answer repeats it: its first 80 characters.</summary>
    public static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;

    /// <summary>The answer while something is put right that nobody who asks can.</summary>
    public static IResult Unavailable(string detail) => Answer(new ProblemJson(
        "about:blank", "Not available now", StatusCodes.Status503ServiceUnavailable, detail, null, null, null));

    private static IResult Answer(ProblemJson problem) =>
        Results.Json(problem, ProblemContext.Default.ProblemJson, "application/problem+json", problem.Status);
}

/// <summary>Source-generated JSON of refusals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemJson))]
internal sealed partial class ProblemContext : JsonSerializerContext;

/// <summary>RFC 9457; the last three name what was wrong with a parameter.</summary>
internal sealed record ProblemJson(
    string Type, string Title, int Status, string Detail, string? Parameter, string? Value, string? Expected);
