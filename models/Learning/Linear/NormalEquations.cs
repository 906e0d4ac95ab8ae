namespace IotGateway.Learning.Linear;

/// <summary>Weighted least squares with a penalty on all coefficients but the last, the intercept; sums in a fixed order.</summary>
internal sealed class NormalEquations(int size)
{
    private readonly double[,] _products = new double[size, size];
    private readonly double[] _right = new double[size];

    public void Add(double[] row, double target, double weight)
    {
        for (var i = 0; i < size; i++)
        {
            var weighted = weight * row[i];
            for (var j = 0; j <= i; j++)
                _products[i, j] += weighted * row[j];
            _right[i] += weighted * target;
        }
    }

    /// <summary>The coefficients, by Cholesky's factor.</summary>
    /// <param name="penalty">Weight of a coefficient's square; above 0, so that there is one answer.</param>
    public double[] Solve(double penalty)
    {
        var factor = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var left = _products[i, j] + (i == j && i < size - 1 ? penalty : 0);
                for (var k = 0; k < j; k++)
                    left -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(left) : left / factor[j, j];
            }
        }

        return Back(factor, Forward(factor));
    }

    private double[] Forward(double[,] factor)
    {
        var solved = new double[size];
        for (var i = 0; i < size; i++)
        {
            var left = _right[i];
            for (var k = 0; k < i; k++)
                left -= factor[i, k] * solved[k];
            solved[i] = left / factor[i, i];
        }

        return solved;
    }

    private double[] Back(double[,] factor, double[] solved)
    {
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                solved[i] -= factor[k, i] * solved[k];
            solved[i] /= factor[i, i];
        }

        return solved;
    }
}
