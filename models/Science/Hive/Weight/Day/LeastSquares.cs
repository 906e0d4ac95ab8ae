namespace IotGateway.Science.Hive.Weight.Day;

/// <summary>Small least-squares problem by its normal equations and their Cholesky factor.</summary>
internal sealed class LeastSquares(int size)
{
    /// <summary>Pivot below which columns are taken for the same, as a share of the column's own square.</summary>
    private const double LeastPivot = 1e-9;

    private readonly double[,] _normal = new double[size, size];
    private readonly double[] _right = new double[size];
    private double _squares;

    /// <summary>The solution.</summary>
    public double[] Solution { get; } = new double[size];

    /// <summary>Sum of squares that the solution leaves.</summary>
    public double Residual { get; private set; }

    /// <summary>Half the logarithm of the normal matrix's determinant.</summary>
    public double HalfLogDeterminant { get; private set; }

    public void Add(ReadOnlySpan<double> row, double value)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
                _normal[i, j] += row[i] * row[j];
            _right[i] += row[i] * value;
        }

        _squares += value * value;
    }

    /// <returns>Whether the columns can be told apart.</returns>
    public bool Solve()
    {
        for (var i = 0; i < size; i++)
        {
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

    /// <summary>The solution plus a deviation of its error: standard normal numbers in, a draw out.</summary>
    public void Draw(ReadOnlySpan<double> normals, double deviation, Span<double> into)
    {
        Back(normals, into);
        for (var i = 0; i < size; i++)
            into[i] = Solution[i] + (deviation * into[i]);
    }

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
