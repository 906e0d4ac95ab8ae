using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IotGateway.Learning.Mixed;

/// <summary>
/// Cholesky factor L of a covariance matrix that grows by a row at a time, so that a history of n rows is factored once however often it is
/// asked on the way. Plain sums in a fixed order: the same bits on every machine.
/// </summary>
internal sealed class GrowingCholesky
{
    private readonly List<double[]> _rows = [];

    /// <summary>Twice the sum of the logarithms of the diagonal: the logarithm of the determinant.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Appends a row.</summary>
    /// <param name="covariances">With the rows before; overwritten.</param>
    /// <param name="variance">Its own, above what the rows before explain of it.</param>
    public void Add(Span<double> covariances, double variance)
    {
        Solve(covariances);
        var left = variance - Product(covariances, covariances, covariances.Length);
        if (!(left > 0))
            throw new InvalidOperationException($"Row {_rows.Count} has no variance of its own.");
        double[] row = [.. covariances, Math.Sqrt(left)];
        LogDeterminant += Math.Log(left);
        _rows.Add(row);
    }

    /// <summary>Overwrites b by the x of L x = b.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
            b[i] = (b[i] - Product(_rows[i], b, i)) / _rows[i][i];
    }

    /// <summary>The last value of x, where those before it are known.</summary>
    public double SolveLast(ReadOnlySpan<double> before, double b) => (b - Product(_rows[^1], before, before.Length)) / _rows[^1][^1];

    /// <summary>Overwrites b by the x of Lᵀ x = b.</summary>
    public void SolveTransposed(Span<double> b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= _rows[i][i];
            for (var j = 0; j < i; j++)
                b[j] -= _rows[i][j] * b[i];
        }
    }

    /// <summary>Four sums side by side, in whatever registers there are: the same four without any.</summary>
    private static double Product(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int length)
    {
        ref var left = ref MemoryMarshal.GetReference(one[..length]);
        ref var right = ref MemoryMarshal.GetReference(other[..length]);
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i + 3 < length; i += 4)
            sums += Vector256.LoadUnsafe(ref left, (nuint)i) * Vector256.LoadUnsafe(ref right, (nuint)i);
        var rest = 0.0;
        for (; i < length; i++)
            rest += one[i] * other[i];
        return sums[0] + sums[1] + (sums[2] + sums[3]) + rest;
    }
}
