namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Values of particles passed on to those that descend from them, in place.</summary>
internal static class Descent
{
    /// <summary>Gives each particle the value of its ancestor.</summary>
    /// <param name="values">One a particle.</param>
    /// <param name="ancestors">The place of each one's ancestor; they ascend, so that none is overwritten before it was passed on.</param>
    public static void Follow<T>(Span<T> values, ReadOnlySpan<int> ancestors)
    {
        for (var i = 0; i < ancestors.Length; i++)
        {
            if (ancestors[i] > i)
                values[i] = values[ancestors[i]];
        }

        for (var i = ancestors.Length - 1; i >= 0; i--)
        {
            if (ancestors[i] < i)
                values[i] = values[ancestors[i]];
        }
    }
}
