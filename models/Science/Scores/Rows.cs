using System.Globalization;

namespace IotGateway.Science.Scores;

/// <summary>The gate in front of the measures: a score of rows that do not belong together is worse than none.</summary>
internal static class Rows
{
    public static void Paired(int forecasts, int observed)
    {
        if (forecasts == 0)
            throw new InputException("number of forecasts", "0", "at least 1");
        if (forecasts != observed)
        {
            throw new InputException("number of observed values", observed.ToString(CultureInfo.InvariantCulture),
                $"that of the forecasts, {forecasts.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    public static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new InputException(name, value, "finite");

    public static double Probability(double value)
    {
        Check.Within(value, 0, 1, "probability");
        return value;
    }
}
