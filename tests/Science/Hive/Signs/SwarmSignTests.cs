using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;
using static IotGateway.Science.Tests.Hive.Signs.DrawnScale;

namespace IotGateway.Science.Tests.Hive.Signs;

public sealed class SwarmSignTests
{
    /// <summary>Noon of the third day.</summary>
    private const double Gone = 2.5;

    [Fact]
    public void WeightWithACoolingNestIsASwarm()
    {
        var sign = Of(3.1, Nest(3, d => d is > Gone and < Gone + 0.1 ? 33 : 34.8))!;
        Assert.Equal(3.1, sign.Kilograms, 0.1);
        Assert.Equal(1.8, sign.CoolingCelsius!.Value, 1e-9);
        Assert.True(sign.IsConfirmed);
    }

    [Fact]
    public void HeatBeforeConfirmsItAndASteadyNestDoesNot()
    {
        Assert.True(Of(2, Nest(3, d => d is > Gone - 0.03 and < Gone ? 35.5 : 34.8))!.IsConfirmed);
        Assert.False(Of(2, Nest(3, _ => 34.8))!.IsConfirmed);
        var blind = Of(2, [])!;
        Assert.Equal((null, null, false), (blind.HeatCelsius, blind.CoolingCelsius, blind.IsConfirmed));
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(6.5)]
    public void LessThanASwarmAndMoreThanOneAreNone(double kilograms) => Assert.Null(Of(kilograms, []));

    [Fact]
    public void NoneLeavesByNightOrWithinAWrittenVisit()
    {
        Assert.Null(Of(3, [], byDay: false));
        var at = Start.AddDays(Gone);
        var written = Net(3, d => d > Gone ? -3 : 0, new WorkHours(at.AddMinutes(-10), at.AddMinutes(20)));
        Assert.Null(SwarmSign.Of(Assert.Single(written.Steps), [], byDay: true));
    }

    private static SwarmSign? Of(double kilograms, NestReading[] nest, bool byDay = true) =>
        Net(3, d => d > Gone ? -kilograms : 0).Steps is [var step] ? SwarmSign.Of(step, nest, byDay) : null;
}
