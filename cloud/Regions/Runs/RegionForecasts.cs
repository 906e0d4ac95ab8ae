using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Forecasts of a kind and state that an outlook holds: the next quarter's, and those made afterwards of quarters past.</summary>
internal static class RegionForecasts
{
    private const string Replayed = "Made afterwards from the quarters before, as last revised; the survey prints them some months later.";

    /// <summary>The forecast of the next quarter, as of the day from which on the survey that it knows was out.</summary>
    public static Forecast Next(RegionKind kind, RegionOutlook outlook, RegionState state)
    {
        var (asOf, of) = (SurveyQuarter.Parse(outlook.AsOf), SurveyQuarter.Parse(outlook.Of));
        var word = new Word(
            state.Low, state.Median, state.High, state.HighLoss, state.Baseline, state.BaselineHighLoss,
            [$"Of {of}, from the survey up to {asOf}.", .. state.Reasons.Select(r => $"{char.ToUpperInvariant(r[0])}{r[1..]}.")]);
        return Of(kind, outlook, state, asOf.KnownFrom, of, word, outlook.Model.Split(' ')[^1]);
    }

    /// <summary>Those of quarters past, as of their beginning, under a version of their own.</summary>
    public static IEnumerable<Forecast> Past(RegionKind kind, RegionOutlook outlook, RegionState state) => state.Past.Select(p =>
    {
        var of = SurveyQuarter.Parse(p.Quarter);
        var word = new Word(p.Low, p.Median, p.High, p.HighLoss, p.Baseline, p.BaselineHighLoss, [$"Of {of}.", Replayed]);
        return Of(kind, outlook, state, of.Begin, of, word, $"{outlook.Model.Split(' ')[^1]}, replayed");
    });

    private static Forecast Of(
        RegionKind kind, RegionOutlook outlook, RegionState state, DateTimeOffset asOf, SurveyQuarter of, Word word, string version)
    {
        var step = kind.Unit == "1"
            ? new ForecastStep(of.End, kind.Unit, null, [], word.HighLoss!.Value, word.BaselineHighLoss!.Value, word.Reasons)
            : new ForecastStep(
                of.End, kind.Unit, word.Median, [new(0.1, word.Low), new(0.5, word.Median), new(0.9, word.High)], null, word.Baseline,
                word.Reasons);
        return new Forecast(
            new SubjectId(RegionKind.State, state.Id), kind.Record.Name, asOf, outlook.Name, version, kind.Baseline,
            Hash($"{outlook.Model} {outlook.AsOf} {of} {JsonSerializer.Serialize(state, RegionJson.Default.RegionState)}"), [step]);
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private sealed record Word(
        double Low, double Median, double High, double? HighLoss, double Baseline, double? BaselineHighLoss, IReadOnlyList<string> Reasons);
}
