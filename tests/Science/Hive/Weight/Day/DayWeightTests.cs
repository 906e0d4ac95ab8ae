using IotGateway.Science.Hive.Weight.Day;

namespace IotGateway.Science.Tests.Hive.Weight.Day;

/// <summary>
/// Foragers and food from one day of a scale. Every day here is drawn from the model itself with a scale's noise: there is no licensed
/// recording to hold it against, so it shows that the fit finds what is there, not that hives are so.
/// </summary>
public class DayWeightTests
{
    private static readonly DayShape Usual = new(
        StaticKilograms: 40, ForagerKilograms: 0.9, FoodKilograms: 0.25, NightLoss: 0.008, DayLoss: 0.05, DeparturePerHour: 1.2,
        ReturnPerHour: 1.1, HomingPerHour: 2.5, FlightHour: 8, HomeHour: 18.5);

    [Fact]
    public void TheExactSolutionIsTheEquations()
    {
        var (inside, returns, step) = (1.0, 0.0, 0.0005);
        for (var hour = 0.0; hour < 24; hour += step)
        {
            var (at, flies) = (Usual.At(hour), hour >= Usual.FlightHour && hour < Usual.HomeHour);
            Assert.InRange(at.Inside - inside, -0.001, 0.001);
            Assert.InRange(at.Returns - returns, -0.005, 0.005);
            var back = (flies ? Usual.ReturnPerHour : hour < Usual.FlightHour ? 0 : Usual.HomingPerHour) * (1 - inside);
            inside += step * (back - (flies ? Usual.DeparturePerHour * inside : 0));
            returns += step * back;
        }

        Assert.InRange(Usual.At(24).Inside, 0.999, 1);
    }

    [Fact]
    public void ADrawnDaysForagersFoodAndHoursLieInTheirIntervals()
    {
        var (days, within, widths) = (12, new int[4], new List<double>());
        for (var day = 0; day < days; day++)
        {
            var random = new Random(day);
            var truth = Usual with
            {
                ForagerKilograms = 0.4 + random.NextDouble(),
                DeparturePerHour = 0.6 + (1.5 * random.NextDouble()),
                ReturnPerHour = 0.6 + random.NextDouble(),
                FlightHour = 7 + (2 * random.NextDouble()),
            };
            truth = truth with { FoodKilograms = (0.1 + (0.4 * random.NextDouble())) * truth.ForagerKilograms };
            var told = DayWeight.Of(Drawn(truth, grams: 10, seed: 100 + day))!;
            Assert.Null(told.NotSaid);
            within[0] += Holds(told.ForagersOut, truth.MostOutsideKilograms / DayWeight.BeeKilograms);
            within[1] += Holds(told.FoodGainKilograms, truth.FoodGainKilograms);
            within[2] += Holds(told.FlightHour, truth.FlightHour);
            within[3] += Holds(told.GainKilograms, truth.Kilograms(24) - truth.Kilograms(0));
            widths.Add((told.ForagersOut.High - told.ForagersOut.Low) / told.ForagersOut.Value);
        }

        // Of 12 intervals of 90 % fewer than 8 hold the truth once in 230 times.
        Assert.All(within, count => Assert.True(count >= 8, string.Join(", ", within)));
        Assert.True(widths.Average() < 0.5, $"{widths.Average()}");
    }

    [Fact]
    public void MoreNoiseAndFewerReadingsWidenTheInterval()
    {
        var fine = DayWeight.Of(Drawn(Usual, grams: 5))!.ForagersOut;
        var noisy = DayWeight.Of(Drawn(Usual, grams: 40))!.ForagersOut;
        var few = DayWeight.Of(Drawn(Usual, grams: 5, minutes: 30))!.ForagersOut;

        Assert.True(noisy.High - noisy.Low > 1.5 * (fine.High - fine.Low), $"{fine} {noisy}");
        Assert.True(few.High - few.Low > fine.High - fine.Low, $"{fine} {few}");
    }

    [Fact]
    public void ADayWithoutFlightOrUnderANoisyScaleTellsNothingOfBees()
    {
        Assert.NotNull(DayWeight.Of(Drawn(Usual with { ForagerKilograms = 0, FoodKilograms = 0 }, grams: 10))!.NotSaid);
        Assert.NotNull(DayWeight.Of(Drawn(Usual, grams: 1_000))!.NotSaid);
        Assert.NotNull(DayWeight.Of([.. Enumerable.Range(0, 145).Select(i => (i / 6.0, 40.0))])!.NotSaid);
    }

    [Fact]
    public void TheSameReadingsGiveTheSame() => Assert.Equal(DayWeight.Of(Drawn(Usual, 10)), DayWeight.Of(Drawn(Usual, 10)));

    [Fact]
    public void AGapFewReadingsAndDisorderAreRefusedOrSayNothing()
    {
        var readings = Drawn(Usual, 10);
        Assert.Null(DayWeight.Of(readings[..3]));
        Assert.Null(DayWeight.Of([.. readings.Where(r => r.Hour is < 11 or > 15)]));
        Assert.Null(DayWeight.Of([]));
        Assert.Throws<InputException>(() => DayWeight.Of([(2, 40), (1, 40)]));
        Assert.Throws<InputException>(() => DayWeight.Of([(1, double.NaN)]));
        Assert.Throws<InputException>(() => DayWeight.Of([(25, 40)]));
    }

    private static int Holds(DayValue interval, double truth) => truth >= interval.Low && truth <= interval.High ? 1 : 0;

    private static (double Hour, double Kilograms)[] Drawn(DayShape truth, double grams, int minutes = 10, int seed = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return
        [
            .. Enumerable.Range(0, (24 * 60 / minutes) + 1)
                .Select(i => i * minutes / 60.0)
                .Select(h => (h, truth.Kilograms(h) + (grams / 1_000 * Normal()))),
        ];
    }
}
