using System.Globalization;
using System.Text;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Mixed;

namespace IotGateway.Learning.Cards;

/// <summary>Files by which others check a model: every forecast with what came, and the newest model's coefficient of each row.</summary>
internal static class RecordFiles
{
    private const int HighLoss = Baseline.HighLoss;

    public static void Write(string folder, PanelModel kind, ModelArtifact<LearntModels> artifact, IReadOnlyList<Forecasted> forecasts)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{kind.Name}-record.csv"), Record(forecasts));
        File.WriteAllText(Path.Combine(folder, $"{kind.Name}-coefficients.csv"), Coefficients(kind, artifact.Models.Years[^1].Model));
    }

    private static string Record(IReadOnlyList<Forecasted> forecasts)
    {
        var text = new StringBuilder("state,year,quarter,p10,median,p90,probability_15,baseline,baseline_15,observed\n");
        foreach (var (row, said, baseline) in forecasts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.State},{row.Quarter.Year},{row.Quarter.Number},{said.Quantile(0.1):R},")
                .Append(CultureInfo.InvariantCulture, $"{said.Median:R},{said.Quantile(0.9):R},{said.ProbabilityOfAtLeast(HighLoss):R},")
                .Append(CultureInfo.InvariantCulture, $"{baseline.ShrunkMean:R},{baseline.ShrunkShare:R},{row.Percent:R}\n");
        }

        return text.ToString();
    }

    private static string Coefficients(PanelModel kind, VarianceModel model)
    {
        var rows = kind.Rows();
        var posterior = new PanelPosterior(model);
        posterior.Add(rows);
        var text = new StringBuilder("state,division,year,quarter,percent,colonies,coefficient\n");
        foreach (var (row, coefficient) in rows.Zip(posterior.Coefficients()))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.State},{Panel.StateCodes.DivisionOf(row.State)},{row.Quarter.Year},")
                .Append(CultureInfo.InvariantCulture, $"{row.Quarter.Number},{row.Percent:R},{row.Colonies:R},{coefficient:R}\n");
        }

        return text.ToString();
    }
}
