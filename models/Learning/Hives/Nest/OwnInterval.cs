using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Interval of a hive from its own errors of 14 days (conformal, Vovk et al. 2005; weighted, Barber et al. 2023).</summary>
internal static class OwnInterval
{
    /// <summary>The errors whose truth had come by an hour, ascending, each with the hours since it was made.</summary>
    /// <param name="rows">The hive's rows, ascending.</param>
    /// <param name="errors">One a row.</param>
    /// <param name="at">The hour.</param>
    /// <param name="horizon">Hours ahead.</param>
    public static (double[] Errors, int[] Ages) Past(List<NestRow> rows, double[] errors, int at, int horizon)
    {
        var first = FirstFrom(rows, at - NestTemperature.HistoryHours);
        var end = FirstFrom(rows, at - horizon + 1);
        var past = errors[first..Math.Max(first, end)];
        int[] ages = [.. rows.Skip(first).Take(past.Length).Select(r => at - r.At)];
        Array.Sort(past, ages);
        return (past, ages);
    }

    /// <summary>The 10 and 90 % quantiles of past errors; NaN where there are too few.</summary>
    public static (double Low, double High) Of((double[] Errors, int[] Ages) past, Reach reach)
    {
        double[] weights = [.. past.Ages.Select(reach.Weight)];
        var count = weights.Count(w => w > 0);
        var total = weights.Sum();
        return count < NestTemperature.FewestErrors
            ? (double.NaN, double.NaN)
            : (At(0.1 * total * (count + 1) / count), At(0.9 * total * (count + 1) / count));

        double At(double rank)
        {
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += weights[i];
                if (sum >= rank)
                    return past.Errors[i];
            }

            return past.Errors[^1];
        }
    }

    private static int FirstFrom(List<NestRow> rows, int hour)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rows[middle].At < hour ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
