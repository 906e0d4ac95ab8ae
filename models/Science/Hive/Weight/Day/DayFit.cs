namespace IotGateway.Science.Hive.Weight.Day;

/// <summary>Times and rates of a day, the parameters in which its weight is not linear.</summary>
internal readonly record struct DayRates(double Departure, double Return, double Homing, double Flight, double Home)
{
    /// <summary>
    /// Ranges of the priors, flat over times and over the logarithms of rates: trips of ten minutes to five hours, flight between 4 and
    /// 22 h.
    /// </summary>
    public bool IsPossible =>
        Departure is >= 0.05 and <= 6 && Return is >= 0.2 and <= 6 && Homing is >= 0.3 and <= 8 && Flight is >= 4 and <= 14
        && Home <= 22 && Home - Flight >= 1;

    public DayShape Shape => new(0, 0, 0, 0, 0, Departure, Return, Homing, Flight, Home);
}

/// <summary>Readings of a day with the least squares of the five parameters in which the weight is linear.</summary>
internal sealed class DayFit(IReadOnlyList<(double Hour, double Kilograms)> readings)
{
    /// <summary>Number of linear parameters.</summary>
    public const int Linear = 5;

    /// <summary>Heaviest load of nectar a bee carries, as a share of her weight: 70 of 113 mg (Winston 1987).</summary>
    private const double MostLoad = 0.62;

    private const double MostForagersKilograms = 5;
    private const double MostLossPerHour = 0.3;

    /// <summary>Readings.</summary>
    public int Count => readings.Count;

    /// <summary>Least squares of the linear parameters under some rates; null where the readings do not tell them apart.</summary>
    public LeastSquares? Solve(DayRates rates)
    {
        var system = new LeastSquares(Linear);
        Span<double> row = stackalloc double[Linear];
        foreach (var (hour, kilograms) in readings)
        {
            Row(rates, hour, row);
            system.Add(row, kilograms - readings[0].Kilograms);
        }

        return system.Solve() ? system : null;
    }

    /// <summary>Lag-one correlation of what a solution leaves, 0 to 0.95: readings of slow errors are worth fewer.</summary>
    public double Correlation(DayRates rates, LeastSquares solved)
    {
        var (row, before, squares, products) = (new double[Linear], 0.0, 0.0, 0.0);
        for (var i = 0; i < readings.Count; i++)
        {
            Row(rates, readings[i].Hour, row);
            var left = readings[i].Kilograms - readings[0].Kilograms - solved.Predict(row);
            squares += left * left;
            products += i > 0 ? left * before : 0;
            before = left;
        }

        return squares > 0 ? Math.Clamp(products / squares, 0, 0.95) : 0;
    }

    /// <summary>The whole shape; null where a linear parameter is not one of a hive.</summary>
    public DayShape? Shape(DayRates rates, ReadOnlySpan<double> linear)
    {
        var shape = new DayShape(
            linear[0] + readings[0].Kilograms, linear[1], linear[2], linear[4], linear[3], rates.Departure, rates.Return, rates.Homing,
            rates.Flight, rates.Home);
        return shape.ForagerKilograms is >= 0 and <= MostForagersKilograms
            && shape.FoodKilograms >= 0 && shape.FoodKilograms <= MostLoad * shape.ForagerKilograms
            && shape.NightLoss is >= 0 and <= MostLossPerHour && shape.DayLoss is >= 0 and <= MostLossPerHour ? shape : null;
    }

    /// <summary>Standard deviation of what a shape leaves of the readings, kg.</summary>
    public double StandardError(DayShape shape) => Math.Sqrt(
        readings.Sum(r => Math.Pow(r.Kilograms - shape.Kilograms(r.Hour), 2)) / Math.Max(1, readings.Count - (2 * Linear)));

    private static void Row(DayRates rates, double hour, Span<double> row)
    {
        var shape = rates.Shape;
        var ((inside, returns), flown) = (shape.At(hour), shape.Flown(hour));
        (row[0], row[1], row[2], row[3], row[4]) = (1, inside, returns, -flown, flown - hour);
    }
}
