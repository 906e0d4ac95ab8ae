using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Mixed;

/// <summary>
/// Search for the variances under which the rows are most likely, one after the other and up or down on a logarithmic scale; a weak prior
/// holds those of which the rows tell little near the first guess.
/// </summary>
internal static class VarianceSearch
{
    private const double PriorDeviation = 2;

    /// <summary>The most likely variances.</summary>
    /// <param name="rows">By quarter, at least two.</param>
    /// <param name="rounds">How often each is tried.</param>
    /// <param name="from">Where the search begins; without it at the first guess.</param>
    public static VarianceModel Fit(IReadOnlyList<PanelRow> rows, int rounds, VarianceModel? from = null)
    {
        var mean = rows.Average(r => Math.Sqrt(r.Percent));
        var guess = VarianceModel.Guess(mean, rows.Average(r => Square(Math.Sqrt(r.Percent) - mean)));
        var prior = Logs(guess);
        var at = from is null ? prior.ToArray() : Logs(from);
        var best = Score(at);
        var steps = Enumerable.Repeat(0.7, at.Length).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < at.Length; i++)
                steps[i] *= Try(i, steps[i]) || Try(i, -steps[i]) ? 1.2 : 0.5;
        }

        return Model(guess, at);

        bool Try(int index, double step)
        {
            at[index] += step;
            var score = Score(at);
            if (score > best)
            {
                best = score;
                return true;
            }

            at[index] -= step;
            return false;
        }

        double Score(double[] logs)
        {
            var posterior = new PanelPosterior(Model(guess, logs));
            posterior.Add(rows);
            return posterior.LogLikelihood - 0.5 * logs.Zip(prior, (l, s) => Square((l - s) / PriorDeviation)).Sum();
        }
    }

    private static double[] Logs(VarianceModel model) =>
    [
        .. model.Effects.Select(e => Math.Log(e.Variance)),
        .. model.Effects.Where(e => e.Years is not null).Select(e => Math.Log(e.Years!.Value)),
        Math.Log(model.Noise.Variance), Math.Log(model.Noise.Power), Math.Log(model.Noise.Floor),
    ];

    private static VarianceModel Model(VarianceModel form, double[] logs)
    {
        var years = form.Effects.Count;
        return form with
        {
            Effects =
            [
                .. form.Effects.Select((e, i) => e with
                {
                    Variance = Math.Exp(logs[i]), Years = e.Years is null ? null : Math.Exp(logs[years++]),
                }),
            ],
            Noise = new(Math.Exp(logs[^3]), Math.Exp(logs[^2]), Math.Exp(logs[^1])),
        };
    }

    private static double Square(double value) => value * value;
}
