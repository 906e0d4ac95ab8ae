namespace IotGateway.Learning.Linear;

/// <summary>
/// Means and standard deviations of some features, so that one penalty suits all of them. One that does not vary is left out: its deviation
/// counts as infinite.
/// </summary>
internal sealed class Scale
{
    private readonly int[] _columns;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int _width;

    /// <summary>Those of the given columns in the given rows.</summary>
    public Scale(IReadOnlyList<Example> rows, int[] columns)
    {
        _columns = columns;
        _width = rows[0].Features.Length;
        _means = [.. columns.Select(c => rows.Average(r => r.Features[c]))];
        _deviations = [.. columns.Select((c, i) => Deviation(Math.Sqrt(rows.Average(r => Square(r.Features[c] - _means[i])))))];
    }

    /// <summary>The chosen features of a row, each less its mean and divided by its deviation, and a 1 for the intercept.</summary>
    public double[] Of(double[] features) =>
        [.. _columns.Select((c, i) => (features[c] - _means[i]) / _deviations[i]), 1];

    /// <summary>The model that gives, from the features themselves, what these coefficients give from the scaled ones.</summary>
    /// <param name="scaled">One a chosen feature, then the intercept.</param>
    public LinearModel Model(double[] scaled)
    {
        var coefficients = new double[_width];
        var intercept = scaled[^1];
        for (var i = 0; i < _columns.Length; i++)
        {
            coefficients[_columns[i]] = scaled[i] / _deviations[i];
            intercept -= coefficients[_columns[i]] * _means[i];
        }

        return new(intercept, coefficients);
    }

    private static double Deviation(double measured) => measured > 1e-12 ? measured : double.PositiveInfinity;

    private static double Square(double value) => value * value;
}
