using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Tests.Hive.Colony;

public sealed class ColonyFilterTests
{
    private static readonly SensorKind[] Several =
        [SensorKind.NestThermometer, SensorKind.Scale, SensorKind.BeeCounter, SensorKind.NightCarbonDioxide, SensorKind.NightSound];

    private static readonly ColonyDay Summer = new(new ColonyWeather(20, 10, 15));

    [Fact]
    public void ADayAllocatesNothing()
    {
        var filter = new ColonyFilter(Several, 12, 1);
        double[] readings = [0.2, 0.3, 20_000, 1_500, 60];
        for (var day = 0; day < 30; day++)
            Pass(filter, readings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var day = 0; day < 30; day++)
            Pass(filter, readings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Pass(ColonyFilter filter, double[] readings)
        {
            filter.Pass(Summer, readings);
            filter.See(new Inspection(12, 7, 10, 3, 300));
            filter.Range(ColonyQuantity.Bees);
        }
    }

    [Fact]
    public void TheSameSeedSaysTheSame() => Assert.Equal(Said(5), Said(5));

    [Fact]
    public void AnotherSeedSaysAlike()
    {
        var (one, other) = (Said(5), Said(6));
        Assert.NotEqual(one, other);
        Assert.InRange(one.Bees.Median / other.Bees.Median, 0.8, 1.25);
    }

    [Fact]
    public void AnInspectionNarrowsAndMovesTheBees()
    {
        var filter = new ColonyFilter([], 12, 1);
        for (var day = 0; day < 40; day++)
            filter.Pass(Summer, []);
        var before = filter.Range(ColonyQuantity.Bees);
        filter.See(new Inspection(FramesOfBees: 5));
        var after = filter.Range(ColonyQuantity.Bees);
        Assert.True(after.Median < before.Median);
        Assert.True(after.High - after.Low < before.High - before.Low);
    }

    [Fact]
    public void AMonthWithoutAReadingWidensTheRange()
    {
        var filter = new ColonyFilter([SensorKind.NightCarbonDioxide], 12, 2);
        for (var day = 0; day < 40; day++)
            filter.Pass(Summer, [1_500]);
        filter.See(new Inspection(FramesOfBees: 10));
        var seen = filter.Range(ColonyQuantity.Bees);
        for (var day = 0; day < 30; day++)
            filter.Pass(Summer, [double.NaN]);
        var gap = filter.Range(ColonyQuantity.Bees);
        Assert.True((gap.High - gap.Low) / gap.Median > (seen.High - seen.Low) / seen.Median);
    }

    [Fact]
    public void TwoSensorsThatDisagreeWidenTheRangeAndAreNamed()
    {
        var (agreed, none) = Told(1_200, 1_200);
        var (apart, named) = Told(150, 10_000);
        Assert.Empty(none);
        Assert.Equal(SensorKind.NightCarbonDioxide, Assert.Single(named));
        Assert.InRange(apart.Median, 4_000, 60_000);
        Assert.True((apart.High - apart.Low) / apart.Median > 1.2 * (agreed.High - agreed.Low) / agreed.Median);
    }

    [Fact]
    public void OfThreeSensorsTheTwoThatAgreeStillCount()
    {
        var (agreed, _) = Told(1_200, 1_200);
        var (outvoted, named) = Told(1_200, 1_200, 50_000);
        Assert.Equal(SensorKind.NightCarbonDioxide, Assert.Single(named));
        Assert.InRange((outvoted.High - outvoted.Low) / (agreed.High - agreed.Low), 0.7, 1.3);
    }

    [Fact]
    public void WhatNoColonyExplainsIsSetAsideAndCounted()
    {
        var filter = new ColonyFilter([SensorKind.Scale, SensorKind.BeeCounter], 12, 4);
        filter.Pass(Summer, [80, double.NaN]);
        filter.Pass(Summer, [0.1, 1e12]);
        Assert.Equal(2, filter.SetAside);
        Assert.InRange(filter.Range(ColonyQuantity.Bees).Median, 5_000, 20_000);
    }

    [Theory]
    [InlineData(-2, 0, 300)]
    [InlineData(400, 0, 300)]
    [InlineData(10, 5, 0)]
    [InlineData(10, -1, 300)]
    [InlineData(double.PositiveInfinity, 0, 300)]
    public void WhatCannotBeSeenIsRefused(double frames, int mites, int washed)
    {
        var filter = new ColonyFilter([], 12, 1, 10);
        Assert.Throws<InputException>(() => filter.See(new Inspection(frames, MitesWashed: mites, BeesWashed: washed)));
    }

    [Fact]
    public void ReadingsOfAnotherNumberOfSensorsAreRefused()
    {
        var filter = new ColonyFilter(Several, 12, 1, 10);
        Assert.Throws<InputException>(() => filter.Pass(Summer, [1]));
        Assert.Throws<InputException>(() => filter.Pass(Summer, [double.PositiveInfinity, 1, 1, 1, 1]));
        Assert.Throws<InputException>(() => new ColonyFilter([.. Several, .. Several, .. Several], 12, 1));
    }

    /// <summary>Bees of a hive that some gauges of carbon dioxide speak of for twenty days, and the kinds that disagree.</summary>
    private static (ColonyRange Bees, IReadOnlyList<SensorKind> Disagreeing) Told(params double[] readings)
    {
        var filter = new ColonyFilter([.. readings.Select(_ => SensorKind.NightCarbonDioxide)], 12, 3, 4_000);
        for (var day = 0; day < 20; day++)
            filter.Pass(Summer, readings);
        return (filter.Range(ColonyQuantity.Bees), filter.Disagreeing);
    }

    private static (ColonyRange Bees, ColonyRange Mites, LossOutlook Ahead) Said(ulong seed)
    {
        var days = SeasonDays.Draw(Climate.Montreal, 1);
        var filter = new ColonyFilter(Several, 12, seed);
        for (var day = 0; day < 60; day++)
            filter.Pass(days[day], [0.1, 0.1, 20_000, 2_000, 62]);
        filter.See(new Inspection(12, 7, 10, 2, 300));
        return (filter.Range(ColonyQuantity.Bees), filter.Range(ColonyQuantity.MitesPerHundred), filter.Ahead([days[60..]]));
    }
}
