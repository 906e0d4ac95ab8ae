using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Evaluation;

/// <summary>Forecasts of past quarters, each from earlier rows alone.</summary>
internal static class Backtest
{
    /// <summary>Each quarter from <paramref name="first"/> on, from all quarters before it as known now.</summary>
    /// <param name="models">The one used in a year is learnt from rows before it.</param>
    /// <param name="rows">By quarter.</param>
    /// <param name="first">The first quarter forecast.</param>
    public static IReadOnlyList<Forecasted> Rolling(LearntModels models, IReadOnlyList<PanelRow> rows, Quarter first)
    {
        var (model, posterior) = (models.First, new PanelPosterior(models.First));
        var known = new List<PanelRow>();
        var said = new List<Forecasted>();
        foreach (var quarter in rows.GroupBy(r => r.Quarter).OrderBy(g => g.Key.Index))
        {
            if (quarter.Key.Index >= first.Index)
            {
                if (models.For(quarter.Key) != model)
                {
                    model = models.For(quarter.Key);
                    posterior = new PanelPosterior(model);
                    posterior.Add(known);
                }

                said.AddRange(Say(posterior, known, quarter));
            }

            posterior.Add(quarter);
            known.AddRange(quarter);
        }

        return said;
    }

    /// <summary>Each quarter that the reports cover, from what had been printed when it began; held against the last revision.</summary>
    public static IReadOnlyList<Forecasted> AsKnownThen(VarianceModel model, ReleasedPanel releases, Quarter first, Quarter last)
    {
        var said = new List<Forecasted>();
        foreach (var quarter in releases.Final().Where(r => r.Quarter.Index >= first.Index && r.Quarter.Index <= last.Index)
            .GroupBy(r => r.Quarter))
        {
            var posterior = new PanelPosterior(model);
            var known = releases.KnownFor(quarter.Key);
            posterior.Add(known);
            said.AddRange(Say(posterior, known, quarter));
        }

        return said;
    }

    private static IEnumerable<Forecasted> Say(PanelPosterior posterior, IReadOnlyList<PanelRow> known, IGrouping<Quarter, PanelRow> rows)
    {
        var season = known.Where(r => r.Quarter.Number == rows.Key.Number).ToList();
        foreach (var row in rows)
        {
            if (posterior.Predict(row.State, row.Quarter) is { } said)
                yield return new(row, said, Baseline.Of(season, row.State, row.Quarter));
        }
    }
}
