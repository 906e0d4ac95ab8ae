using IotGateway.Learning.Linear;
using IotGateway.Science;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Interval of the same width for every hive: the baseline of one that is the hive's own.</summary>
internal static class SameWidth
{
    /// <summary>The intervals, one a row: around a value, by the errors that it had in other hives and fortnights.</summary>
    public static (double Low, double High)[] Of(IReadOnlyList<HeldOutRow> rows, Func<HeldOutRow, double> middle)
    {
        var sorted = rows.OrderBy(r => r.Observed - middle(r)).ToList();
        var widths = rows.Select(r => (r.Group, r.Period)).Distinct().ToDictionary(f => f, f =>
        {
            double[] errors = [.. sorted.Where(r => r.Group != f.Group && r.Period != f.Period).Select(r => r.Observed - middle(r))];
            return (Low: ConformalQuantile.Of(errors, 0.1), High: ConformalQuantile.Of(errors, 0.9));
        });
        return [.. rows.Select(r => (middle(r) + widths[(r.Group, r.Period)].Low, middle(r) + widths[(r.Group, r.Period)].High))];
    }
}
