using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Science.Tests.Hive.Temperature;

public class NestTemperatureTests
{
    private const int Days = 40;

    [Fact]
    public void ASteadyNestStaysAsItIsWithinNothing()
    {
        var steady = Enumerable.Repeat(34.5, 100).ToArray();
        foreach (var horizon in NestTemperature.Horizons)
        {
            var outlook = Ahead(steady, horizon)!;
            Assert.Equal(34.5, outlook.Value);
            Assert.All(outlook.Quantiles, q => Assert.Equal(34.5, q));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void ADailySwingIsFollowedBetterThanByAsNow(int horizon)
    {
        var hours = Swinging(2, seed: 0);
        var outlooks = NestTemperature.Ahead(hours, hours.Length)[horizon];
        var (ours, asNow) = (0.0, 0.0);
        for (var at = 24 * 20; at + horizon < hours.Length; at++)
        {
            var outlook = outlooks[at]!;
            ours += Math.Abs(outlook.Value - hours[at + horizon]);
            asNow += Math.Abs(outlook.AsNow - hours[at + horizon]);
        }

        Assert.True(ours < 0.7 * asNow, $"{ours} against {asNow}");
    }

    [Fact]
    public void ADayAheadNothingIsSaidButAsNow()
    {
        var outlook = Ahead(Swinging(2, seed: 1), 24)!;
        Assert.Equal(outlook.AsNow, outlook.Value);
        Assert.True(outlook.Quantiles[0] < outlook.Value && outlook.Quantiles[^1] > outlook.Value);
    }

    /// <summary>Of independent noise the interval must hold its 80 %, whatever the terms do.</summary>
    [Fact]
    public void TheIntervalHoldsAsOftenAsItSays()
    {
        var random = new Random(7);
        var hours = Enumerable.Range(0, 24 * 120).Select(_ => 34 + random.NextDouble()).ToArray();
        var outlooks = NestTemperature.Ahead(hours, hours.Length)[6];
        var (within, all) = (0, 0);
        for (var at = 24 * 30; at + 6 < hours.Length; at += 5)
        {
            var quantiles = outlooks[at]!.Quantiles;
            within += hours[at + 6] >= quantiles[0] && hours[at + 6] <= quantiles[^1] ? 1 : 0;
            all++;
        }

        Assert.InRange((double)within / all, 0.74, 0.86);
    }

    [Fact]
    public void ARestlessHiveHasTheWiderInterval()
    {
        var (calm, restless) = (Ahead(Swinging(0.2, 3), 6)!, Ahead(Swinging(3, 3), 6)!);
        Assert.True(restless.Quantiles[^1] - restless.Quantiles[0] > 3 * (calm.Quantiles[^1] - calm.Quantiles[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    public void ShufflingTheFutureChangesNothingThatWasSaid(int horizon)
    {
        var hours = Swinging(2, seed: 5);
        var before = NestTemperature.Ahead(hours, 200)[horizon];
        var shuffled = hours.ToArray();
        new Random(1).Shuffle(shuffled.AsSpan(^100..));
        var after = NestTemperature.Ahead(shuffled, 200)[horizon];

        Assert.All(Enumerable.Range(0, 100), i => AssertSame(before[i]!, after[i]!));
        Assert.Contains(Enumerable.Range(100, 100), i => before[i]!.Value != after[i]!.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    public void OneAtATimeIsTheSameAsAllAtOnce(int horizon)
    {
        var hours = Swinging(2, seed: 6);
        for (var gap = 300; gap < 340; gap++)
            hours[gap] = double.NaN;
        var all = NestTemperature.Ahead(hours, hours.Length)[horizon];
        for (var at = 0; at < hours.Length; at += 7)
        {
            var one = Ahead(hours[Math.Max(0, at + 1 - NestTemperature.UsedHours)..(at + 1)], horizon);
            Assert.Equal(all[at] is null, one is null);
            if (one is not null)
            {
                AssertSame(all[at]!, one);
                Assert.Equal(one.Quantiles.Order(), one.Quantiles);
            }
        }
    }

    [Fact]
    public void TooLittleIsNotEnoughToSay()
    {
        Assert.Throws<InputException>(() => NestTemperature.Ahead([]));
        Assert.Null(Ahead([34, 34, 34], 1));
        Assert.Null(Ahead([.. Enumerable.Repeat(34.0, NestTemperature.FewestErrors)], 1));
        Assert.NotNull(Ahead([.. Enumerable.Repeat(34.0, NestTemperature.FewestErrors + 1)], 1));
        Assert.Null(Ahead([.. Enumerable.Repeat(34.0, 99), double.NaN], 1));

        // A month's gap, then three hours: their own errors are too few.
        Assert.Null(Ahead([.. Enumerable.Repeat(34.0, 400), .. Enumerable.Repeat(double.NaN, 30 * 24), 34, 34, 34], 1));
    }

    private static NestOutlook? Ahead(double[] hours, int horizon) => NestTemperature.Ahead(hours)[horizon][0];

    private static void AssertSame(NestOutlook one, NestOutlook other)
    {
        Assert.Equal(one with { Quantiles = other.Quantiles }, other);
        Assert.Equal(one.Quantiles, other.Quantiles);
    }

    private static double[] Swinging(double degrees, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, Days * 24)
                .Select(h => 34 + (degrees / 2 * Math.Sin(h / 24.0 * 2 * Math.PI)) + (degrees * 0.1 * (random.NextDouble() - 0.5))),
        ];
    }
}
