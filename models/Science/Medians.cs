namespace IotGateway.Science;

/// <summary>Medians of numbers.</summary>
public static class Medians
{
    /// <summary>The middle one, or the mean of the middle two.</summary>
    /// <param name="values">At least one, none of them NaN; sorted in place.</param>
    /// <returns>The median, in the unit of the values.</returns>
    public static double Of(Span<double> values)
    {
        values.Sort();
        return OfAscending(values);
    }

    /// <summary>The same of values that ascend already.</summary>
    /// <param name="values">At least one, none of them NaN.</param>
    /// <returns>The median, in the unit of the values.</returns>
    public static double OfAscending(ReadOnlySpan<double> values) =>
        (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
}
