using System.Text;
using System.Text.Json;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Decode.Profiles;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Pipeline;

/// <summary>The step from a source's message to readings, with all that it counts and remembers, at a time that is known.</summary>
internal sealed class DecodingBench : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly Quarantine _quarantine;
    private readonly DecodingStep _step;

    public DecodingBench()
    {
        var tuning = new LiveTuning(new ForwardingOptions().Tuning(new ThresholdOptions()));
        var clock = new GatewayClock(
            new ClockOptions(), new BootRegistry(_folder.Path), tuning, _time, NullLogger.Instance, () => new ClockReport(true, null),
            "this");
        _quarantine = new Quarantine(Path.Combine(_folder.Path, "quarantine"), Counters);
        var discards = new Discards(Counters, _time, NullLogger<Discards>.Instance);
        _step = new DecodingStep(
            new DeviceProfiles([new DeviceOptions { Eui = "0004a30b00*", Profile = "hive-node" }]), new DuplicateFrames(() => 1000), Nodes,
            clock, new Refusals(_quarantine, discards, Counters, _time, NullLogger<Refusals>.Instance), discards, Counters, tuning);
    }

    public Counters Counters { get; } = new();

    public FrameCounters Nodes { get; } = new();

    public NodeState Node => Assert.Single(Nodes.Page(0, 10).Nodes);

    /// <summary>Reasons of all that was refused.</summary>
    public IEnumerable<string> Refused => Counters.Snapshot().Where(c => c.Key.StartsWith("discarded.", StringComparison.Ordinal))
        .SelectMany(c => Enumerable.Repeat(c.Key["discarded.".Length..], (int)c.Value));

    /// <summary>Messages of a file, one a line.</summary>
    public static List<(string Topic, string Json)> Events(string file)
    {
        var events = new List<(string, string)>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "files", file)))
        {
            using var message = JsonDocument.Parse(line);
            events.Add((message.RootElement.GetProperty("topic").GetString()!, message.RootElement.GetProperty("json").GetRawText()));
        }

        return events;
    }

    /// <summary>Readings of each line of a file of messages.</summary>
    public List<Reading[]> TakeFile(string name) => [.. Events(name).Select(e => Take(e.Topic, e.Json))];

    public Reading[] Take(string topic, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return Take(ChirpStackV4Dialect.Dialect.ContentOf(topic, bytes), new RawMessage(topic, bytes));
    }

    public Reading[] Take(Content content, RawMessage raw)
    {
        var readings = new List<Reading>();
        _step.Read(
            new Observed("lorawan", content, raw, _time.GetUtcNow(), _time.GetTimestamp(), _ => Task.CompletedTask), null, true, readings);
        return [.. readings];
    }

    public void Dispose()
    {
        _quarantine.Dispose();
        _folder.Dispose();
    }
}
