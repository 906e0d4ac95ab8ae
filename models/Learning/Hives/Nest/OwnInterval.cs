using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Interval of a hive from its own errors of the last 14 days (split conformal, Vovk et al. 2005), as the pages have it.</summary>
internal static class OwnInterval
{
    /// <summary>The 10 and 90 % quantiles of the errors whose truth had come; NaN where there are too few.</summary>
    /// <param name="rows">The hive's rows, ascending.</param>
    /// <param name="errors">One a row.</param>
    /// <param name="at">The hour as of which it is told.</param>
    /// <param name="horizon">Hours ahead.</param>
    public static (double Low, double High) Of(List<NestRow> rows, double[] errors, int at, int horizon)
    {
        var past = new List<double>(NestTemperature.HistoryHours);
        for (var i = FirstFrom(rows, at - NestTemperature.HistoryHours); i < rows.Count && rows[i].At + horizon <= at; i++)
            past.Add(errors[i]);
        if (past.Count < NestTemperature.FewestErrors)
            return (double.NaN, double.NaN);
        past.Sort();
        return (Recipe.At(past, 0.1), Recipe.At(past, 0.9));
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
