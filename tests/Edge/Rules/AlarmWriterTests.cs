using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Rules;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Tests.Rules;

public class AlarmWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task AnAlarmGoesAheadOfAllThatWaits()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        await buffer.AppendAsync(
            StampedPack.Write(null, [Reading(20, Quality.Good)]), 1, BatchKind.Ordinary, TestContext.Current.CancellationToken);
        var outbox = new Outbox(buffer, Given.Cloud, 0.5, TimeSpan.FromSeconds(30), TimeProvider.System, _ => false);

        await new AlarmWriter(buffer).RaiseAsync(
            [Reading(90, Quality.Good), Reading(91, Quality.Good)], TestContext.Current.CancellationToken);

        var first = outbox.Next()!;
        Assert.Equal((Lane.Alarm, 2L, 2), (first.Lane, first.Range.First, first.Readings));
        Assert.Equal([90.0, 91.0], Senml.Read(first.Batches[0].Payload.Span).Select(r => r.Value));
        Assert.Equal(Lane.Backlog, outbox.Next()!.Lane);
    }

    [Fact]
    public async Task AnAlarmAtAnUnknownTimeDoesNotWaitForIt()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));

        await new AlarmWriter(buffer).RaiseAsync(
            [Reading(90, Quality.GatewayTime | Quality.ClockUnsure)], TestContext.Current.CancellationToken);

        Assert.Null(StampedPack.StampOf(Assert.Single(buffer.ReadAll()).Payload.Span));
    }

    private static Reading Reading(double value, Quality quality) =>
        new(DeviceId.Parse("gw-hill.smoke-0"), Metrics.AirTemperature, Now.AddSeconds(value), value, "Cel", quality, Now);
}
