using System.Runtime.InteropServices;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Mixed;

/// <summary>
/// Best linear unbiased prediction of the panel from the rows that were given to it, in the order of their quarters. It looks at nothing
/// else, so what it says stands as of the newest row.
/// </summary>
internal sealed class PanelPosterior(VarianceModel model)
{
    private readonly Covariance _covariance = new(model);
    private readonly GrowingCholesky _factor = new();
    private readonly List<PanelPoint> _points = [];
    private readonly List<double> _solved = [];
    private readonly Dictionary<string, double> _colonies = [];

    /// <summary>The logarithm of the rows' density under the model.</summary>
    public double LogLikelihood => -0.5 * (_solved.Sum(z => z * z) + _factor.LogDeterminant + _solved.Count * Math.Log(2 * Math.PI));

    /// <summary>Takes rows in, none earlier than those before.</summary>
    public void Add(IEnumerable<PanelRow> rows)
    {
        foreach (var row in rows)
        {
            var point = new PanelPoint(row.State, row.Quarter);
            var covariances = Covariances(point);
            _factor.Add(covariances, _covariance.Between(point, point) + model.Noise.Of(row.Colonies));
            _solved.Add(_factor.SolveLast(CollectionsMarshal.AsSpan(_solved), Math.Sqrt(row.Percent) - model.Mean));
            _points.Add(point);
            _colonies[row.State] = row.Colonies;
        }
    }

    /// <summary>A state's quarter; null of a state that was never surveyed.</summary>
    public Prediction? Predict(string state, Quarter quarter)
    {
        if (!_colonies.TryGetValue(state, out var colonies))
            return null;
        var point = new PanelPoint(state, quarter);
        var weights = Covariances(point);
        _factor.Solve(weights);
        var (mean, explained) = (model.Mean, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            mean += weights[i] * _solved[i];
            explained += weights[i] * weights[i];
        }

        return new(mean, Math.Sqrt(_covariance.Between(point, point) + model.Noise.Of(colonies) - explained));
    }

    /// <summary>Each effect's part in the predicted roots, which with the model's mean add up to them exactly.</summary>
    public IReadOnlyList<double[]> Contributions(IReadOnlyList<PanelPoint> points)
    {
        var coefficients = Coefficients();
        return
        [
            .. points.Select(point => Enumerable.Range(0, model.Effects.Count).Select(effect =>
                _points.Select((p, i) => coefficients[i] * _covariance.OfEffect(effect, point, p)).Sum()).ToArray()),
        ];
    }

    /// <summary>The dual coefficients, one a row: what its deviation from the mean weighs in every prediction.</summary>
    public double[] Coefficients()
    {
        double[] coefficients = [.. _solved];
        _factor.SolveTransposed(coefficients);
        return coefficients;
    }

    private double[] Covariances(PanelPoint point)
    {
        var covariances = new double[_points.Count];
        for (var i = 0; i < covariances.Length; i++)
            covariances[i] = _covariance.Between(point, _points[i]);
        return covariances;
    }
}
