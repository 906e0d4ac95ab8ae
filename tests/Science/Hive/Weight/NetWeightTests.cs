using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Tests.Hive.Weight;

/// <summary>
/// Net weight of drawn scales: no recording of a hive's weight may be used here, so each test lays one event over a day's known course.
/// </summary>
public class NetWeightTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ADayWithoutWorkIsAsItWasRead()
    {
        var net = NetWeight.Of(Course(2), []);
        Assert.Empty(net.Steps);
        Assert.Equal(0, net.LeftOut);
        Assert.All(net.Points, p => Assert.Equal((p.RawKilograms, 0), (p.NetKilograms, p.HalfWidthKilograms)));
    }

    [Theory]
    [InlineData(8.5, StepKind.Unwritten)]
    [InlineData(-18, StepKind.Unwritten)]
    [InlineData(-3.2, StepKind.Fall)]
    public void AStepThatNobodyWroteDownIsTakenOutUnlessASwarmCouldMakeIt(double kilograms, StepKind kind)
    {
        var net = NetWeight.Of(Course(2, i => i >= 100 ? kilograms : 0), []);
        var step = Assert.Single(net.Steps);
        Assert.Equal(kind, step.Kind);
        Assert.Equal(kilograms, step.Kilograms, 0.2);
        Assert.Equal(Start.AddMinutes(15 * 100), step.To);
        var left = kind == StepKind.Fall ? kilograms : 0;
        Assert.Equal(Own(191) + left, net.Points[^1].NetKilograms, 0.2);
        Assert.Equal(kind != StepKind.Fall, net.Points[^1].HalfWidthKilograms > 0);
    }

    [Fact]
    public void WrittenWorkIsTakenOutWhateverItsSize()
    {
        // A feeding of 0.7 kg, less than the rule sees by itself, from 12:00 to 12:20.
        var noon = Start.AddHours(12);
        var readings = Course(2, i => i > 48 ? 0.7 : 0);
        Assert.Empty(NetWeight.Of(readings, []).Steps);

        var net = NetWeight.Of(readings, [new WorkHours(noon, noon.AddMinutes(20))]);
        Assert.Equal(StepKind.Work, Assert.Single(net.Steps).Kind);
        Assert.Equal(Own(191), net.Points[^1].NetKilograms, 0.2);
        Assert.InRange(net.LeftOut, 2, 4);
    }

    [Fact]
    public void APersonOnTheHiveIsLeftOutAndAReTareIsNot()
    {
        var net = NetWeight.Of(Course(2, i => i is 70 or 71 ? 82 : i >= 120 ? -31 : 0), []);
        Assert.Equal(2, net.LeftOut);
        Assert.Equal(-31, Assert.Single(net.Steps).Kilograms, 0.2);
        Assert.All(net.Points, p => Assert.InRange(p.NetKilograms, 39, 42));
    }

    [Fact]
    public void ABoxSetOnInTwoReadingsIsOneStep()
    {
        var net = NetWeight.Of(Course(2, i => i < 100 ? 0 : i == 100 ? 4 : 8), []);
        Assert.Equal(8, Assert.Single(net.Steps).Kilograms, 0.2);
        Assert.Equal(1, net.LeftOut);
    }

    [Fact]
    public void AStepCountsOnceTheNextHalfHourConfirmsIt()
    {
        var readings = Course(1, i => i >= 90 ? 8 : 0);
        Assert.Empty(NetWeight.Of(readings[..91], []).Steps);
        Assert.Equal(1, NetWeight.Of(readings[..91], []).LeftOut);
        Assert.Single(NetWeight.Of(readings[..93], []).Steps);
    }

    [Fact]
    public void BehindALongGapItBeginsAnew()
    {
        ScaleReading[] readings = [.. Course(4, i => i >= 300 ? 20 : 0).Where((_, i) => i is < 50 or >= 300)];
        var net = NetWeight.Of(readings, []);
        Assert.Equal(Start.AddMinutes(15 * 300), net.Since);
        Assert.Empty(net.Steps);
        Assert.Equal(net.Points[0].RawKilograms, net.Points[0].NetKilograms);
    }

    [Fact]
    public void LaterReadingsChangeNoStepThatWasConfirmed()
    {
        var readings = Course(3, i => i >= 200 ? 8 : i >= 100 ? 15 : 0);
        var early = NetWeight.Of(readings[..150], []);
        var late = NetWeight.Of(readings, []);
        Assert.Equal(early.Steps.Select(Named), late.Steps.Take(1).Select(Named));
        Assert.Equal(
            early.Points.Select(p => (p.Time, p.NetKilograms)),
            late.Points.Take(early.Points.Count).Select(p => (p.Time, p.NetKilograms)));

        static (DateTimeOffset To, double Kilograms, StepKind Kind) Named(WeightStep step) => (step.To, step.Kilograms, step.Kind);
    }

    [Fact]
    public void HardlyAnyReadingsAreNoFault()
    {
        Assert.Null(NetWeight.Of([], []).Since);
        Assert.Equal(1, NetWeight.Of([new ScaleReading(Start, 40)], []).LeftOut);
        Assert.Equal(3, NetWeight.Of(Course(1)[..3], []).Points.Count);
    }

    [Fact]
    public void WhatIsNoWeightIsRefused()
    {
        Assert.Throws<InputException>(() => NetWeight.Of([new ScaleReading(Start, double.NaN)], []));
        Assert.Throws<InputException>(() => NetWeight.Of([new ScaleReading(Start, 1), new ScaleReading(Start, 2)], []));
        Assert.Throws<InputException>(() => NetWeight.Of([], [new WorkHours(Start, Start)]));
    }

    /// <summary>Every quarter of an hour: 40 kg, half a kilogram of foragers by day, 0.8 kg of nectar a day, a test's own.</summary>
    private static ScaleReading[] Course(int days, Func<int, double>? also = null) =>
    [
        .. Enumerable.Range(0, days * 96).Select(i => new ScaleReading(Start.AddMinutes(15 * i), Own(i) + (also?.Invoke(i) ?? 0))),
    ];

    private static double Own(int i) => 40 + (0.8 * i / 96) - (0.5 * Math.Max(0, Math.Sin(2 * Math.PI * ((i / 96.0) - 0.25))));
}
