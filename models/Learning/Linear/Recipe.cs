using IotGateway.Science;

namespace IotGateway.Learning.Linear;

/// <summary>
/// Way from rows to a model: the fit, and what is chosen by leaving out each group of the rows in turn. So the choice is part of learning,
/// and rows that are held out chose nothing.
/// </summary>
/// <param name="Fit">The model of some rows, from these columns with this penalty.</param>
/// <param name="Loss">The loss of a sum against its target; less is better.</param>
/// <param name="Sets">The sets of columns to choose from, plainer ones first.</param>
/// <param name="Penalties">The penalties to choose from.</param>
internal sealed record Recipe(
    Func<IReadOnlyList<Example>, int[], double, LinearModel> Fit, Func<double, double, double> Loss, int[][] Sets, double[] Penalties)
{
    /// <summary>Learns from rows of at least two groups.</summary>
    public LearntLine Learn(string heldOut, string target, IReadOnlyList<Example> rows)
    {
        var best = (Loss: double.PositiveInfinity, Columns: Sets[0], Penalty: Penalties[0], Errors: Array.Empty<double>());
        foreach (var columns in Sets)
        {
            foreach (var penalty in Penalties)
            {
                var said = LeftOut(rows, columns, penalty);
                var loss = rows.Select((r, i) => Loss(said[i], r.Target)).Average();
                if (loss < best.Loss)
                    best = (loss, columns, penalty, [.. rows.Select((r, i) => r.Target - said[i]).Order()]);
            }
        }

        var model = Fit(rows, best.Columns, best.Penalty);
        return new(heldOut, target, model, ConformalQuantile.Of(best.Errors, 0.1), ConformalQuantile.Of(best.Errors, 0.9));
    }

    /// <summary>One model for each group held out, and one, of no group, that has seen all.</summary>
    public IEnumerable<LearntLine> LearnEach(string target, IReadOnlyList<Example> rows)
    {
        foreach (var group in rows.Select(r => r.Group).Distinct().Order(StringComparer.Ordinal))
            yield return Learn(group, target, [.. rows.Where(r => r.Group != group)]);
        yield return Learn(LearntLine.None, target, rows);
    }

    private double[] LeftOut(IReadOnlyList<Example> rows, int[] columns, double penalty)
    {
        var said = new double[rows.Count];
        foreach (var group in rows.Select(r => r.Group).Distinct())
        {
            var model = Fit([.. rows.Where(r => r.Group != group)], columns, penalty);
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i].Group == group)
                    said[i] = model.At(rows[i].Features);
            }
        }

        return said;
    }
}
