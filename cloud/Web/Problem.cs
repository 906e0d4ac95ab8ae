namespace IotGateway.Cloud.Web;

/// <summary>Answers of refusal, <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problem
{
    public static IResult BadParameter(string parameter, string? value, string expected) => Answer(new ProblemJson(
        "about:blank", "A parameter is wrong", StatusCodes.Status400BadRequest,
        value is null ? $"{parameter} is missing; expected {expected}." : $"{parameter} is '{Shown(value)}'; expected {expected}.",
        parameter, value is null ? null : Shown(value), expected));

    public static IResult NotFound(string what, string id) => Answer(new ProblemJson(
        "about:blank", "Not found", StatusCodes.Status404NotFound, $"There is no {what} '{Shown(id)}'.", null, null, null));

    /// <summary>The answer while something is put right that nobody who asks can.</summary>
    public static IResult Unavailable(string detail) => Answer(new ProblemJson(
        "about:blank", "Not available now", StatusCodes.Status503ServiceUnavailable, detail, null, null, null));

    private static IResult Answer(ProblemJson problem) =>
        Results.Json(problem, ProblemContext.Default.ProblemJson, "application/problem+json", problem.Status);

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
