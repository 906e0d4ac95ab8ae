using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Tests.Hive.Weight;

public class ScaleDriftTests
{
    [Fact]
    public void ADriftOfTwentyGramsIsFoundWithinItsInterval()
    {
        var found = ScaleDrift.Of(Nights(40, gramsPerCelsius: 20, noiseGrams: 25))!;
        Assert.InRange(found.GramsPerCelsius, 15, 25);
        Assert.InRange(20, found.Low, found.High);
        Assert.InRange(found.LossGramsPerHour, 5, 11);
        Assert.Equal(40, found.Nights);
    }

    [Fact]
    public void TheIntervalCoversTheTruthAboutAsOftenAsItSays()
    {
        var covered = Enumerable.Range(0, 400).Count(seed =>
            ScaleDrift.Of(Nights(30, 12, 40, seed)) is { } found && found.Low <= 12 && 12 <= found.High);
        Assert.InRange(covered / 400.0, 0.92, 0.99);
    }

    [Fact]
    public void AFewNightsWithRainMoveItLittle()
    {
        var nights = Nights(40, 20, 10);
        for (var i = 0; i < 40; i += 10)
            nights[i] = nights[i] with { Kilograms = nights[i].Kilograms + 1.5 };
        Assert.InRange(ScaleDrift.Of(nights)!.GramsPerCelsius, 15, 25);
    }

    [Fact]
    public void TooFewNightsOrNightsAllAlikeSayNothing()
    {
        Assert.Null(ScaleDrift.Of([]));
        Assert.Null(ScaleDrift.Of(Nights(ScaleDrift.FewestNights - 1, 20, 10)));
        Assert.Null(ScaleDrift.Of([.. Enumerable.Repeat(new NightChange(8, -0.06, -5), 40)]));
    }

    [Fact]
    public void WhatIsNoNightIsRefused()
    {
        Assert.Throws<InputException>(() => ScaleDrift.Of([new NightChange(0, 1, 1)]));
        Assert.Throws<InputException>(() => ScaleDrift.Of([new NightChange(8, double.NaN, 1)]));
    }

    /// <summary>Nights of 6 to 9 h that cool by 0 to 12 °C and lose 8 g an hour.</summary>
    private static NightChange[] Nights(int count, double gramsPerCelsius, double noiseGrams, int seed = 7)
    {
        var draws = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var (hours, celsius) = (6 + (3 * draws.NextDouble()), -12 * draws.NextDouble());
                var noise = noiseGrams * Math.Sqrt(-2 * Math.Log(1 - draws.NextDouble())) * Math.Cos(2 * Math.PI * draws.NextDouble());
                return new NightChange(hours, ((gramsPerCelsius * celsius) - (8 * hours) + noise) / 1_000, celsius);
            }),
        ];
    }
}
