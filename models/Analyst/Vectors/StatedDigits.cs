namespace IotGateway.Analyst.Vectors;

/// <summary>
/// Precision to which a reference value was printed, which is that to which it can be met. The files give four
/// significant digits below 100 and two decimals from 100 upward. The full-precision files give sixteen, of which the first six
/// can be met: their release wrote the FFMC scale as 147.27723, which differs from 250 · 59.5 / 101 in the ninth.
/// </summary>
internal static class StatedDigits
{
    /// <summary>Half a unit in the last place printed, with room for the arithmetic's own rounding.</summary>
    public static double HalfUnit(double expected, bool fullPrecision)
    {
        var size = Math.Abs(expected);
        if (fullPrecision)
            return Math.Max(size, 1e-6) * 1e-6;
        if (size == 0)
            return 5e-9;
        var unit = size >= 100 ? 0.01 : Math.Pow(10, Math.Floor(Math.Log10(size)) - 3);
        return unit / 2 * (1 + 1e-6) + size * 1e-12;
    }
}
