using IotGateway.Science.Hive.Signs;
using static IotGateway.Science.Tests.Hive.Signs.DrawnScale;

namespace IotGateway.Science.Tests.Hive.Signs;

public sealed class WeightSignTests
{
    [Fact]
    public void StoresCarriedAwayOverADayAreRobbing()
    {
        var net = Net(10, d => -2.4 * Math.Clamp((d - 9.3) / 0.4, 0, 1));
        var sign = RobbingSign.Of(net, Start.AddDays(10))!;
        Assert.Equal((2.4, false), (Math.Round(sign.Kilograms, 2), sign.IsGrave));
        Assert.Null(RobbingSign.Of(net, Start.AddDays(9.25)));
        Assert.True(RobbingSign.Of(Net(10, d => -4 * Math.Clamp((d - 9.3) / 0.6, 0, 1)), Start.AddDays(10))!.IsGrave);
    }

    [Fact]
    public void AColonyThatEatsASwarmAndThreeDaysAreNoRobbing()
    {
        Assert.Null(RobbingSign.Of(Net(10, d => -0.4 * d), Start.AddDays(10)));
        Assert.Null(RobbingSign.Of(Net(10, d => d > 9.5 ? -3 : 0), Start.AddDays(10)));
        Assert.Null(RobbingSign.Of(Net(3, d => -2.4 * Math.Clamp((d - 2.3) / 0.4, 0, 1)), Start.AddDays(3)));
    }

    [Fact]
    public void AHiveCarriedAwayLeavesAnEmptyScale()
    {
        var sign = TheftSign.Of(Net(3, d => d > 2.1 ? -38.5 : 0), Start.AddDays(1))!;
        Assert.Equal((38.5, true), (Math.Round(sign.Kilograms, 1), sign.IsEmpty));
        Assert.False(TheftSign.Of(Net(3, d => d > 2.1 ? -12 : 0), Start.AddDays(1))!.IsEmpty);
        Assert.Null(TheftSign.Of(Net(3, d => d > 2.1 ? -3 : 0), Start.AddDays(1)));
        Assert.Null(TheftSign.Of(Net(3, d => d > 2.1 && d < 2.6 ? -38.5 : 0), Start.AddDays(1)));
        Assert.Null(TheftSign.Of(Net(3, d => d > 0.5 ? -38.5 : 0), Start.AddDays(1)));
    }

    [Fact]
    public void UseADayIsThatOfTheDaysBeforeAndWiderWhereTheyDiffer()
    {
        Assert.Null(StoresLeft.UseOf([-0.1, -0.1, -0.1, -0.1]));
        var even = StoresLeft.UseOf([.. Enumerable.Repeat(-0.1, 14)])!.Value;
        Assert.Equal((0.1, 0.1, 0.1), (Math.Round(even.Low, 6), Math.Round(even.Middle, 6), Math.Round(even.High, 6)));
        var uneven = StoresLeft.UseOf([.. Enumerable.Range(0, 14).Select(i => i % 2 == 0 ? -0.3 : 0.1)])!.Value;
        Assert.Equal(0.1, uneven.Middle, 1e-9);
        Assert.True(uneven.Low < even.Low && uneven.High > even.High);
        Assert.Throws<InputException>(() => StoresLeft.UseOf([-0.1, -0.1, double.NaN, -0.1, -0.1]));
    }

    [Fact]
    public void StoresLastAsLongAsTheyAreOverTheirUse()
    {
        var days = new StoresLeft(new Range80(1.5, 2, 2.5), new Range80(-0.01, 0.1, 0.2)).Days;
        Assert.Equal((7.5, 20), (Math.Round(days.Low, 9), Math.Round(days.Middle, 9)));
        Assert.Equal(double.PositiveInfinity, days.High);
        Assert.Equal(0, new StoresLeft(new Range80(-2, -1, 0.5), new Range80(0.05, 0.1, 0.2)).Days.Middle);
    }

    [Fact]
    public void AGapHasNoChangeOfItsWeek()
    {
        var net = Net(10, d => 0.5 * d);
        Assert.Equal(3.5, NetChange.Over(net, Start.AddDays(10), TimeSpan.FromDays(7))!.Value, 1e-6);
        Assert.Null(NetChange.Over(net, Start.AddDays(10.1), TimeSpan.FromDays(7)));
        Assert.Null(NetChange.Over(net, Start.AddDays(6), TimeSpan.FromDays(7)));
        Assert.Null(NetChange.Over(Net(0, _ => 0), Start.AddDays(10), TimeSpan.FromDays(7)));
    }
}
