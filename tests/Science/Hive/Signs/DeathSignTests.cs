using IotGateway.Science.Hive.Signs;

namespace IotGateway.Science.Tests.Hive.Signs;

public sealed class DeathSignTests
{
    [Fact]
    public void ANestThatFollowsOutsideForTwoDaysAfterAHeatedWeekIsDead()
    {
        var sign = DeathSign.Of(Hours((back, outside) => back < 60 ? outside + 1 : 34.5))!;
        Assert.Equal((1.0, 1.0), (Math.Round(sign.AboveOutsideCelsius, 6), Math.Round(sign.Follows, 6)));
        Assert.InRange(sign.UsualAboveCelsius, 15, 25);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    public void ADayOfItIsNotEnough(int hours) => Assert.Null(DeathSign.Of(Hours((back, outside) => back < hours ? outside + 1 : 34.5)));

    [Fact]
    public void AHeldNestAWeakOneAndOneThatWasNeverHeatedAreNot()
    {
        Assert.Null(DeathSign.Of(Hours((_, _) => 34.5)));
        Assert.Null(DeathSign.Of(Hours((_, outside) => 28 + (0.4 * (outside - 15)))));
        Assert.Null(DeathSign.Of(Hours((_, outside) => outside + 1)));
    }

    [Fact]
    public void InHeatAndWithoutWeatherNothingIsTold()
    {
        Assert.Null(DeathSign.Of(Hours((back, outside) => back < 60 ? outside : 34.5, mean: 29)));
        Assert.Null(DeathSign.Of([.. Hours((back, outside) => back < 60 ? outside : 34.5).Select(h => (h.Inside, (double?)null))]));
        Assert.Null(DeathSign.Of([]));
    }

    private static (double? Inside, double? Outside)[] Hours(Func<int, double, double> inside, double mean = 14) =>
    [
        .. Enumerable.Range(0, 336).Select(back => (Back: back, Outside: mean + (6 * Math.Sin(back / 24.0 * 2 * Math.PI))))
            .Select(h => ((double?)inside(h.Back, h.Outside), (double?)h.Outside)),
    ];
}
