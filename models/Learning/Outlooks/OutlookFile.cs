using System.Globalization;
using System.Text.Json;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Outlooks;

/// <summary>File with a model's statement about the quarter behind the newest one surveyed, for the pages that show it.</summary>
internal static class OutlookFile
{
    private const int MostPast = 10;
    private const int MostReasons = 3;

    public static string Text(PanelModel kind, ModelArtifact<LearntModels> artifact) =>
        JsonSerializer.Serialize(Of(kind, artifact), OutlookJson.Default.Outlook) + "\n";

    private static Outlook Of(PanelModel kind, ModelArtifact<LearntModels> artifact)
    {
        var rows = kind.Rows();
        var model = artifact.Models.Years[^1].Model;
        var posterior = new PanelPosterior(model);
        posterior.Add(rows);
        var asOf = rows[^1].Quarter;
        var next = new Quarter(asOf.Index + 1);
        var rolling = kind.Forecast(artifact.Models);
        var past = rolling.Where(f => f.Row is { IsState: true, Quarter.Year: >= 2020 }).ToList();
        var states = rows.Where(r => r.IsState).GroupBy(r => r.State).Select(g => g.Last()).ToList();
        List<PanelRow> season = [.. rows.Where(r => r.Quarter.Number == next.Number)];
        var parts = posterior.Contributions([.. states.Select(r => new PanelPoint(r.State, next))]);
        return new(
            $"{artifact.Name} {artifact.Version}", kind.Title, asOf.ToString(), next.ToString(), past.Count, past.Count(IsWithin),
            Rounded(past.Average(f => Math.Abs(f.Said.Median - f.Row.Percent)), 2),
            Rounded(past.Average(f => Math.Abs(f.Baseline.ShrunkMean - f.Row.Percent)), 2),
            [.. WeatherEffect.All(rolling).Select(WeatherOf)],
            [
                .. states.Zip(parts).Select(s => StateOf(s.First, posterior.Predict(s.First.State, next)!.Value, s.Second))
                    .OrderBy(s => s.Name, StringComparer.Ordinal),
            ]);

        StateOutlook StateOf(PanelRow last, Prediction said, double[] deviations)
        {
            var baseline = Baseline.Of(season, last.State, next);
            return new(
                last.State, StateCodes.NameOf(last.State), last.Quarter.ToString(), Tenths(said.Quantile(0.1)), Tenths(said.Median),
                Tenths(said.Quantile(0.9)), Share(said.ProbabilityOfAtLeast(Baseline.HighLoss)), Tenths(baseline.ShrunkMean),
                Share(baseline.ShrunkShare), [.. Reasons(model, said, deviations)],
                [.. past.Where(f => f.Row.State == last.State).Reverse().Take(MostPast).Select(PastOf)]);
        }

        static WeatherOutlook WeatherOf(WeatherEffect e) => new(e.Of, e.Count, Rounded(e.Without - e.With, 2),
            Rounded(e.Gain!.Value.Low, 2), Rounded(e.Gain.Value.High, 2));

        PastOutlook PastOf(Forecasted f) => new(
            f.Row.Quarter.ToString(), Tenths(f.Said.Quantile(0.1)), Tenths(f.Said.Median), Tenths(f.Said.Quantile(0.9)),
            Share(f.Said.ProbabilityOfAtLeast(Baseline.HighLoss)), Tenths(f.Baseline.ShrunkMean), Share(f.Baseline.ShrunkShare),
            Tenths(f.Row.Percent));

        double? Share(double probability) => kind.AsksHighLoss ? Rounded(probability, 2) : null;
    }

    /// <summary>The largest deviations: what the forecast would be without each, beside what it is.</summary>
    private static IEnumerable<string> Reasons(VarianceModel model, Prediction said, double[] deviations) => model.Effects
        .Select((e, i) => (e.Name, Points: said.Median - new Prediction(said.Root - deviations[i], said.Deviation).Median))
        .OrderByDescending(r => Math.Abs(r.Points)).Take(MostReasons).Where(r => Math.Abs(r.Points) >= 0.1)
        .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name}: {r.Points:+0.0;−0.0} points"));

    private static bool IsWithin(Forecasted f) => f.Row.Percent >= f.Said.Quantile(0.1) && f.Row.Percent <= f.Said.Quantile(0.9);

    private static double Tenths(double percent) => Rounded(percent, 1);

    private static double Rounded(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero) + 0.0; // no "-0"
}
