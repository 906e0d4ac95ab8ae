using IotGateway.Edge.Decode;
using IotGateway.Edge.Validate;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Validate;

public class ValidatorTests
{
    private static readonly DeviceId Node = DeviceId.Parse("0004a30b00003627");
    private static readonly DateTimeOffset Received = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Network = Received.AddSeconds(-2);

    [Fact]
    public void AGoodValueHasNothingAgainstIt()
    {
        var (readings, faults) = Check(Received.AddMinutes(-1), (Metrics.HiveTemperature, 34.5, "Cel"));

        Assert.Equal([new Reading(Node, Metrics.HiveTemperature, Received.AddMinutes(-1), 34.5, "Cel", Quality.Good, Received)], readings);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(Metrics.HiveTemperature, 85.01, "Cel", Quality.OutOfRange)]
    [InlineData(Metrics.HiveTemperature, -40.01, "Cel", Quality.OutOfRange)]
    [InlineData(Metrics.HiveTemperature, 85, "Cel", Quality.Good)]
    [InlineData(Metrics.HiveTemperature, 90, "K", Quality.UnexpectedUnit)]
    [InlineData(Metrics.Co2, 5001, "ppm", Quality.Good)]
    [InlineData("propolis", 1, "", Quality.UnknownMetric)]
    public void AVerdictIsAFlagAndTheValueStays(string metric, double value, string unit, Quality expected)
    {
        var reading = Assert.Single(Check(Received, (metric, value, unit)).Readings);

        Assert.Equal((expected, value), (reading.Quality, reading.Value));
    }

    [Fact]
    public void AboveWhatTheSensorIsSpecifiedToAValueIsFlagged()
    {
        Quality Of(double value) => Assert.Single(Validator.Check(
            Node, new Sample(Received, [new Measured(Metrics.Co2, value, "ppm", SpecifiedTo: 5000)]), Network, Received, true, Tolerance,
            Quality.Good).Readings).Quality;

        Assert.Equal((Quality.Good, Quality.OutsideSpecification), (Of(5000), Of(5001)));
    }

    [Fact]
    public void ThePartOfADeviceThatMeasuredIsADeviceOfItsOwn()
    {
        var sample = new Sample(Received, [new Measured(Metrics.Weight, 40, "kg"), new Measured(Metrics.Weight, 41, "kg", "2")]);

        var (readings, _) = Validator.Check(Node, sample, Network, Received, true, Tolerance, Quality.Good);

        Assert.Equal([("0004a30b00003627", 40.0), ("0004a30b00003627.2", 41.0)], readings.Select(r => (r.Device.ToString(), r.Value)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AValueThatIsNoNumberIsASensorFault(double value)
    {
        var (readings, faults) = Check(Received, (Metrics.HiveTemperature, value, "Cel"), (Metrics.HiveHumidity, 50, "%RH"));

        Assert.Equal([Metrics.HiveTemperature], faults);
        Assert.Equal(Metrics.HiveHumidity, Assert.Single(readings).Metric);
    }

    [Fact]
    public void ATimeIn2106IsReplacedByTheNetworksAndFlagged()
    {
        var reading = Assert.Single(
            Check(DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue), (Metrics.HiveTemperature, 34.5, "Cel")).Readings);

        Assert.Equal((Network, Quality.FutureTime | Quality.NetworkTime), (reading.Time, reading.Quality));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9990-01-01T00:00:00Z")]
    [InlineData("2200-01-01T00:00:00Z")]
    public void ANetworkTimeThatNoClockCanTellIsNone(string time)
    {
        foreach (var known in new[] { true, false })
        {
            var (readings, _) = Validator.Check(
                Node, new Sample(null, [new Measured(Metrics.HiveTemperature, 34.5, "Cel")]),
                DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Received, known, Tolerance,
                Quality.Good);

            Assert.Equal(
                (Received, known ? Quality.GatewayTime : Quality.GatewayTime | Quality.ClockUnsure),
                (readings[0].Time, readings[0].Quality));
        }
    }

    [Fact]
    public void AClockALittleAheadIsBelieved() =>
        Assert.Equal(
            Received.AddMinutes(5), Assert.Single(Check(Received.AddMinutes(5), (Metrics.HiveTemperature, 34.5, "Cel")).Readings).Time);

    [Fact]
    public void ADeviceWithoutAClockHasTheNetworksTime()
    {
        var reading = Assert.Single(Check(null, (Metrics.HiveTemperature, 34.5, "Cel")).Readings);

        Assert.Equal((Network, Quality.NetworkTime), (reading.Time, reading.Quality));
    }

    [Fact]
    public void AClockThatWasNeverSetIsNotBelieved() =>
        Assert.Equal(
            Network, Assert.Single(Check(DateTimeOffset.UnixEpoch.AddDays(3), (Metrics.HiveTemperature, 34.5, "Cel")).Readings).Time);

    [Fact]
    public void WithoutAnyTimeTheGatewaysIsTaken()
    {
        var reading = Assert.Single(
            Validator.Check(
                Node, new Sample(null, [new Measured(Metrics.HiveTemperature, 34.5, "Cel")]), null, Received, true, Tolerance,
                Quality.Synthetic).Readings);

        Assert.Equal((Received, Quality.GatewayTime | Quality.Synthetic), (reading.Time, reading.Quality));
    }

    private static (List<Reading> Readings, List<string> Faults) Check(DateTimeOffset? time, params (string, double, string)[] values) =>
        Validator.Check(
            Node, new Sample(time, [.. values.Select(v => new Measured(v.Item1, v.Item2, v.Item3))]), Network, Received, true, Tolerance,
            Quality.Good);

    [Fact]
    public void HowFarAClockMayBeAheadIsASetting()
    {
        Quality With(TimeSpan tolerance) =>
            Assert.Single(
                Validator.Check(
                    Node, new Sample(Received.AddMinutes(10), [new Measured(Metrics.HiveTemperature, 34.5, "Cel")]), Network, Received,
                    true, tolerance, Quality.Good).Readings).Quality;

        Assert.Equal(Quality.FutureTime | Quality.NetworkTime, With(TimeSpan.FromMinutes(9)));
        Assert.Equal(Quality.Good, With(TimeSpan.FromMinutes(11)));
    }

    [Fact]
    public void AClockThatIsNotKnownJudgesNoDevice()
    {
        var atTheEpoch = DateTimeOffset.UnixEpoch.AddHours(1);
        var sample = new Sample(Received, [new Measured(Metrics.HiveTemperature, 34.5, "Cel")]);

        Assert.Equal((Received, Quality.Good), Unsure(sample, Network));
        Assert.Equal((Received, Quality.ClockUnsure), Unsure(sample, null));
        Assert.Equal(
            (Network, Quality.FutureTime | Quality.NetworkTime),
            Unsure(sample with { Time = DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue) }, Network));
        Assert.Equal((atTheEpoch, Quality.GatewayTime | Quality.ClockUnsure), Unsure(sample with { Time = null }, null));

        (DateTimeOffset, Quality) Unsure(Sample what, DateTimeOffset? network)
        {
            var reading = Assert.Single(Validator.Check(Node, what, network, atTheEpoch, false, Tolerance, Quality.Good).Readings);
            return (reading.Time, reading.Quality);
        }
    }
}
