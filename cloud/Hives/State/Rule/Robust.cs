using IotGateway.Science;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>Statistics that a few odd hours do not move.</summary>
internal static class Robust
{
    /// <summary>Makes a median absolute deviation estimate a normal distribution's standard deviation: 1 / Φ⁻¹(3/4).</summary>
    private const double NormalConsistency = 1.4826;

    /// <summary>More pairs than this many points make change no slope that matters here and cost time.</summary>
    private const int SlopePoints = 80;

    /// <summary>
    /// The standard deviation estimated by the median absolute deviation from <paramref name="centre"/>; overwrites
    /// <paramref name="values"/>.
    /// </summary>
    public static double Spread(Span<double> values, double centre)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Abs(values[i] - centre);
        return NormalConsistency * Medians.Find(values);
    }

    /// <summary>
    /// The median of the slopes between pairs of points whose <c>X</c> lie at least <paramref name="leastDistance"/> apart (Theil 1950, Sen
    /// 1968); null when there is no such pair.
    /// </summary>
    public static double? Slope(IReadOnlyList<(double X, double Y)> points, double leastDistance)
    {
        var stride = Math.Max(1, (points.Count + SlopePoints - 1) / SlopePoints);
        var slopes = new List<double>();
        for (var i = 0; i < points.Count; i += stride)
        {
            for (var j = i + stride; j < points.Count; j += stride)
            {
                var dx = points[j].X - points[i].X;
                if (Math.Abs(dx) >= leastDistance)
                    slopes.Add((points[j].Y - points[i].Y) / dx);
            }
        }

        return slopes.Count == 0 ? null : Medians.Find(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(slopes));
    }
}
