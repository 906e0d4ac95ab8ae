using IotGateway.Science;

namespace IotGateway.Learning.Linear;

/// <summary>Linear models by what they make least; each a pure function of the rows, with the same bits each time.</summary>
internal static class Fits
{
    private const int Rounds = 25;
    private const int NewtonRounds = 8;

    /// <summary>The least squares, with a penalty in rows on the scaled coefficients (ridge; Hoerl and Kennard 1970).</summary>
    public static LinearModel Squares(IReadOnlyList<Example> rows, int[] columns, double penalty)
    {
        var scale = new Scale(rows, columns);
        var equations = new LeastSquares(columns.Length + 1);
        foreach (var row in rows)
            equations.Add(scale.Of(row.Features), row.Target);
        return scale.Model(Solve(equations, penalty));
    }

    /// <summary>
    /// The least absolute errors, by squares weighted anew with each round (Schlossmacher 1973): the middle of what is heavy-tailed.
    /// </summary>
    public static LinearModel Absolute(IReadOnlyList<Example> rows, int[] columns, double penalty)
    {
        var scale = new Scale(rows, columns);
        double[][] scaled = [.. rows.Select(r => scale.Of(r.Features))];
        double[] targets = [.. rows.Select(r => r.Target)];
        var least = 0.01 * targets.Average(Math.Abs) + 1e-9; // nearer than this an error weighs no more
        var at = new double[columns.Length + 1];
        for (var round = 0; round < Rounds; round++)
        {
            var equations = new LeastSquares(at.Length);
            for (var i = 0; i < scaled.Length; i++)
                equations.Add(scaled[i], targets[i], 1 / Math.Max(Math.Abs(targets[i] - Product(scaled[i], at)), least));
            at = Solve(equations, penalty);
        }

        return scale.Model(at);
    }

    /// <summary>
    /// The greatest likelihood of yes (target 1) and no (0), with a penalty in rows, by Newton's method; the sum is that of log odds.
    /// </summary>
    public static LinearModel Odds(IReadOnlyList<Example> rows, int[] columns, double penalty)
    {
        var scale = new Scale(rows, columns);
        double[][] scaled = [.. rows.Select(r => scale.Of(r.Features))];
        var at = new double[columns.Length + 1];
        for (var round = 0; round < NewtonRounds; round++)
        {
            var equations = new LeastSquares(at.Length);
            for (var i = 0; i < scaled.Length; i++)
            {
                var odds = Product(scaled[i], at);
                var chance = Chance(odds);
                var weight = Math.Max(chance * (1 - chance), 1e-6);
                equations.Add(scaled[i], odds + ((rows[i].Target - chance) / weight), weight);
            }

            at = Solve(equations, penalty);
        }

        return scale.Model(at);
    }

    /// <summary>The probability that a logarithm of odds stands for.</summary>
    public static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>The coefficients; with a penalty above 0 there is always one answer.</summary>
    private static double[] Solve(LeastSquares equations, double penalty) => equations.Solve(penalty)
        ? equations.Solution
        : throw new InvalidOperationException("The columns cannot be told apart; expected a penalty above 0.");

    private static double Product(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
