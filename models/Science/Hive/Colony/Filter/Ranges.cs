using IotGateway.Science.Hive.Colony.Sensing;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Ranges of 80 % from values with weights.</summary>
internal static class Ranges
{
    private const double Tail = 0.1;

    /// <summary>Deviations of a normal distribution from its middle to where the tail begins.</summary>
    private const double Deviations = 1.2815515655446004;

    /// <summary>Of values whose shares sum to 1; both arrays are sorted on the way.</summary>
    public static ColonyRange Of(double[] values, int[] order, ReadOnlySpan<double> shares)
    {
        Array.Sort(values, order);
        var (low, median, high, passed) = (double.NaN, double.NaN, double.NaN, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            passed += shares[order[i]];
            if (double.IsNaN(low) && passed >= Tail)
                low = values[i];
            if (double.IsNaN(median) && passed >= 0.5)
                median = values[i];
            if (double.IsNaN(high) && passed >= 1 - Tail)
                high = values[i];
        }

        return new ColonyRange(low, median, double.IsNaN(high) ? values[^1] : high);
    }

    /// <summary>Of values that count alike; they are sorted on the way.</summary>
    public static ColonyRange Equal(Span<double> values)
    {
        values.Sort();
        return new ColonyRange(At(values, Tail), At(values, 0.5), At(values, 1 - Tail));
    }

    /// <summary>Frames that a person would count of bees that lie in a range: what is known of them, and the error of counting.</summary>
    public static ColonyRange Counted(in ColonyRange bees)
    {
        var frames = Math.Exp(Sight.Log(bees.Median / Sight.BeesAFrame));
        return new ColonyRange(frames * Math.Exp(-Away(bees.Median, bees.Low)), frames, frames * Math.Exp(Away(bees.High, bees.Median)));
    }

    private static double Away(double more, double less)
    {
        var bees = Sight.Log(more / Sight.BeesAFrame) - Sight.Log(less / Sight.BeesAFrame);
        return Math.Sqrt((bees * bees) + (Deviations * Deviations * Sight.FramesOfBees * Sight.FramesOfBees));
    }

    private static double At(ReadOnlySpan<double> sorted, double probability) => sorted[(int)(probability * (sorted.Length - 1))];
}
