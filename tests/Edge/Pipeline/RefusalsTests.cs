using IotGateway.Edge.Decode;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Clock;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Pipeline;

public sealed class RefusalsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Counters _counters = new();
    private readonly SetClock _time = new();
    private readonly Quarantine _quarantine;
    private readonly Refusals _refusals;

    public RefusalsTests()
    {
        _quarantine = new Quarantine(_folder.Path, _counters);
        _refusals = new Refusals(
            _quarantine, new Discards(_counters, _time, NullLogger<Discards>.Instance), _counters, _time, NullLogger<Refusals>.Instance);
    }

    private int Kept => Quarantine.Files(_folder.Path).Sum(f => File.ReadAllLines(f).Length);

    public void Dispose()
    {
        _quarantine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AThousandFramesOfForeignDevicesAreCountedAndAFewKept()
    {
        for (var i = 0; i < 1000; i++)
            _refusals.Add(Frame(i % 300), "unknown_device", "No entry of Devices matches it.");

        Assert.Equal(Allowance.OfReason, Kept);
        Assert.Equal(900, _counters["quarantine.not_kept"]);
        Assert.Equal(1000, _counters["discarded.unknown_device"]);
        _refusals.Add(Frame(7), "truncated", "It is cut.");
        Assert.Equal(Allowance.OfReason + 1, Kept);
    }

    [Fact]
    public void ADevicesShareIsOfADayByTheMonotonicClock()
    {
        for (var i = 0; i < 50; i++)
            _refusals.Add(Frame(1), "unknown_device", "No entry of Devices matches it.");
        Assert.Equal(Allowance.OfDevice, Kept);

        _time.Wall += TimeSpan.FromDays(400);
        _refusals.Add(Frame(1), "unknown_device", "No entry of Devices matches it.");
        Assert.Equal(Allowance.OfDevice, Kept);
        _time.Pass(TimeSpan.FromDays(1));
        _refusals.Add(Frame(1), "unknown_device", "No entry of Devices matches it.");
        Assert.Equal(Allowance.OfDevice + 1, Kept);
    }

    [Fact]
    public void FramesOfDevicesWithAProfileHaveAShareOfTheirOwn()
    {
        for (var i = 0; i < 700; i++)
            _refusals.Add(Message(new Unreadable($"reason_{i % 20}", ""), $"t{i}"), $"reason_{i % 20}", "It is no JSON.");
        for (var i = 0; i < 300; i++)
            _refusals.Add(Frame(i), "truncated", "It is cut.");
        Assert.Equal(Allowance.OfAll + 300, Kept);

        for (var i = 0; i < 150; i++)
            _refusals.Add(Frame(0), "truncated", "It is cut.");
        Assert.Equal(Allowance.OfAll + 299 + Allowance.OfOwnDevice, Kept);
        for (var i = 0; i < 2000; i++)
            _refusals.Add(Frame(300 + i), "truncated", "It is cut.");
        Assert.Equal(Allowance.OfAll + Allowance.OfOwn, Kept);
    }

    [Fact]
    public void UnreadableMessagesOfManyTopicsHaveABoundToo()
    {
        for (var i = 0; i < 3000; i++)
            _refusals.Add(
                Message(new Unreadable($"reason_{i % 20}", ""), new string('t', i % 700) + i), $"reason_{i % 20}", "It is no JSON.");

        Assert.Equal(Allowance.OfAll, Kept);
        Assert.Equal(2500, _counters["quarantine.not_kept"]);
    }

    private static Observed Frame(int device) => Message(
        new Uplink(DeviceId.Parse($"0004a30b{device:x8}"), "", 1, 10, default, [], 1, null, Synthetic: false), "up");

    private static Observed Message(Content content, string topic) => new(
        "lorawan", content, new RawMessage(topic, new byte[5000]), SetClock.Now, 0, _ => Task.CompletedTask);
}
