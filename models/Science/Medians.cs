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
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
