namespace IotGateway.Learning.Mixed;

/// <summary>Covariance of two points under a model, without noise.</summary>
internal sealed class Covariance
{
    private const int MostQuartersApart = 400;

    private readonly SharedBy[] _shared;
    private readonly double[][] _byQuartersApart;

    public Covariance(VarianceModel model)
    {
        _shared = [.. model.Effects.Select(e => e.SharedBy)];
        _byQuartersApart =
        [
            .. model.Effects.Select(e => Enumerable.Range(0, e.Years is null ? 1 : MostQuartersApart)
                .Select(apart => e.Variance * (e.Years is { } years ? Math.Exp(-apart / (4 * years)) : 1)).ToArray()),
        ];
    }

    public double Between(in PanelPoint one, in PanelPoint other)
    {
        var (shared, apart, sum) = (one.With(other), Apart(one, other), 0.0);
        for (var i = 0; i < _shared.Length; i++)
            sum += Part(i, shared, apart);
        return sum;
    }

    /// <summary>One effect's part of it.</summary>
    public double OfEffect(int index, in PanelPoint one, in PanelPoint other) => Part(index, one.With(other), Apart(one, other));

    private double Part(int index, SharedBy shared, int apart)
    {
        var table = _byQuartersApart[index];
        return (shared & _shared[index]) == _shared[index] ? table[table.Length == 1 ? 0 : Math.Min(apart, table.Length - 1)] : 0;
    }

    private static int Apart(in PanelPoint one, in PanelPoint other) => Math.Abs(one.Quarter.Index - other.Quarter.Index);
}
