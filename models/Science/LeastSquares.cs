namespace IotGateway.Science;

/// <summary>
/// Small least-squares problem by its normal equations and their Cholesky factor; sums in a fixed order, so with the same bits each time.
/// </summary>
/// <param name="size">Number of columns, at least 1.</param>
public sealed class LeastSquares(int size)
{
    /// <summary>Pivot below which columns are taken for the same, as a share of the column's own square.</summary>
    private const double LeastPivot = 1e-9;

    private readonly double[,] _normal = new double[size, size];
    private readonly double[] _right = new double[size];
    private double _squares;

    /// <summary>The solution, one a column; zeros before it is solved.</summary>
    public double[] Solution { get; } = new double[size];

    /// <summary>Sum of weighted squares that the solution leaves, with the penalty that it pays.</summary>
    public double Residual { get; private set; }

    /// <summary>Half the logarithm of the normal matrix's determinant.</summary>
    public double HalfLogDeterminant { get; private set; }

    /// <summary>Takes a row in, before it is solved.</summary>
    /// <param name="row">One value a column.</param>
    /// <param name="value">The value that the row's sum should be.</param>
    /// <param name="weight">Weight of the row's square, above 0.</param>
    public void Add(ReadOnlySpan<double> row, double value, double weight = 1)
    {
        for (var i = 0; i < size; i++)
        {
            var weighted = weight * row[i];
            for (var j = 0; j <= i; j++)
                _normal[i, j] += weighted * row[j];
            _right[i] += weighted * value;
        }

        _squares += weight * value * value;
    }

    /// <summary>Solves it, once.</summary>
    /// <param name="penalty">Weight of the square of every coefficient but the last, the intercept; 0 for none.</param>
    /// <returns>Whether the columns can be told apart; without, there is no solution.</returns>
    public bool Solve(double penalty = 0)
    {
        for (var i = 0; i < size; i++)
        {
            _normal[i, i] += i < size - 1 ? penalty : 0;
            var own = _normal[i, i];
            for (var j = 0; j <= i; j++)
            {
                for (var k = 0; k < j; k++)
                    _normal[i, j] -= _normal[i, k] * _normal[j, k];
                if (j < i)
                    _normal[i, j] /= _normal[j, j];
            }

            if (!(_normal[i, i] > LeastPivot * own))
                return false;
            _normal[i, i] = Math.Sqrt(_normal[i, i]);
            HalfLogDeterminant += Math.Log(_normal[i, i]);
        }

        Residual = _squares;
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                _right[i] -= _normal[i, k] * _right[k];
            _right[i] /= _normal[i, i];
            Residual -= _right[i] * _right[i];
        }

        Residual = Math.Max(Residual, 1e-12 * (1 + _squares));
        Back(_right, Solution);
        return true;
    }

    /// <summary>The solution plus a deviation of its error: standard normal numbers in, a draw out; one a column.</summary>
    public void Draw(ReadOnlySpan<double> normals, double deviation, Span<double> into)
    {
        Back(normals, into);
        for (var i = 0; i < size; i++)
            into[i] = Solution[i] + (deviation * into[i]);
    }

    /// <summary>The solution's sum of a row.</summary>
    public double Predict(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        for (var i = 0; i < size; i++)
            sum += row[i] * Solution[i];
        return sum;
    }

    /// <summary>Solves the transposed factor.</summary>
    private void Back(ReadOnlySpan<double> right, Span<double> into)
    {
        for (var i = size - 1; i >= 0; i--)
        {
            into[i] = right[i];
            for (var k = i + 1; k < size; k++)
                into[i] -= _normal[k, i] * into[k];
            into[i] /= _normal[i, i];
        }
    }
}
