namespace IotGateway.Science.Scores;

/// <summary>Distance of a value from the truth.</summary>
public static class AbsoluteError
{
    /// <summary>Mean absolute error, in the values' unit; 0 is best.</summary>
    /// <param name="forecasts">What was said, at least one.</param>
    /// <param name="observed">What came, one for each.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a value is not finite.</exception>
    public static double Mean(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> observed)
    {
        Rows.Paired(forecasts.Length, observed.Length);
        var sum = 0.0;
        for (var i = 0; i < forecasts.Length; i++)
            sum += Math.Abs(Rows.Finite(forecasts[i], "forecast") - Rows.Finite(observed[i], "observed value"));
        return sum / forecasts.Length;
    }
}
