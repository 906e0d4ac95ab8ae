using System.Text;
using System.Threading.Channels;
using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Decode.Profiles;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Clock;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Pipeline;

/// <summary>From a source's message to what goes to the cloud, under clocks that are wrong and clocks that jump.</summary>
public sealed class IntakeTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetClock _time = new();
    private readonly Channel<Observed> _channel = Channel.CreateUnbounded<Observed>();
    private readonly BatchBuffer _buffer;
    private readonly GatewayClock _clock;
    private readonly PackResolver _packs;
    private readonly Quarantine _quarantine;
    private readonly LiveTuning _tuning = new(new ForwardingOptions().Tuning(new ThresholdOptions()));
    private readonly Counters _counters = new();
    private readonly Intake _intake;
    private bool _synchronised;
    private int _frame;
    private int _acknowledged;

    public IntakeTests()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        _buffer = BatchBuffer.Open(new MemoryDisk(1), Given.Options(), [Given.Cloud], _time, NullLogger.Instance);
        _clock = new GatewayClock(
            new ClockOptions(), new BootRegistry(_folder.Path), _tuning, _time, NullLogger.Instance,
            () => new ClockReport(_synchronised, null), "this");
        _packs = new PackResolver(_clock);
        _quarantine = new Quarantine(Path.Combine(_folder.Path, "quarantine"), _counters);
        var discards = new Discards(_counters, _time, NullLogger<Discards>.Instance);
        var decoding = new DecodingStep(
            new DeviceProfiles([new DeviceOptions { Eui = "0004a30b00*", Profile = "hive-node" }]), new DuplicateFrames(() => 1000),
            new FrameCounters(),
            _clock, new Refusals(_quarantine, discards, _counters, _time, NullLogger<Refusals>.Instance), discards, _counters, _tuning);
        _intake = new Intake(
            _channel.Reader, decoding, new StoringStep(_buffer, _counters, _time, NullLogger<StoringStep>.Instance), _clock, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _intake.Dispose();
        _quarantine.Dispose();
        await _buffer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EarlyReadingsAreDurableAtOnceAndSentRetimed()
    {
        var start = SetClock.Now - _time.Uptime;
        for (var i = 0; i < 5; i++)
        {
            Arrives(time: null);
            await _intake.TakeAsync(CancellationToken.None);
            _time.Pass(TimeSpan.FromSeconds(60));
        }

        Assert.Equal((5, 5L), (_acknowledged, _buffer.Status.Batches));
        Assert.Empty(Sent());

        _time.Wall = start + _time.Uptime;
        _synchronised = true;
        _clock.Look();
        Arrives(time: null);
        await _intake.TakeAsync(CancellationToken.None);

        var sent = Sent();
        Assert.Equal(Enumerable.Range(0, 6).Select(i => start + TimeSpan.FromSeconds(30 + (60 * i))), sent.Select(r => r.Time));
        Assert.Equal([.. Enumerable.Repeat(Quality.GatewayTime | Quality.Retimed, 5), Quality.GatewayTime], sent.Select(r => r.Quality));
    }

    [Fact]
    public async Task ReadingsThatBringTheirTimeDoNotWait()
    {
        Arrives(time: null);
        Arrives(SetClock.Now.AddHours(-1));
        await _intake.TakeAsync(CancellationToken.None);

        var reading = Assert.Single(Sent());
        Assert.Equal((SetClock.Now.AddHours(-1), Quality.NetworkTime), (reading.Time, reading.Quality));
        Assert.Equal(2, _buffer.Status.Batches);
    }

    [Fact]
    public async Task AWallClockThatJumpsExpiresReordersAndDoublesNothing()
    {
        _synchronised = true;
        _time.Wall = SetClock.Now;
        _clock.Look();
        foreach (var jump in new[] { 0, 86_400 * 400, -86_400 * 800, 3600, -3600 })
        {
            _synchronised = jump == 0;
            _time.Wall += TimeSpan.FromSeconds(jump);
            _clock.Look();
            Arrives(time: null);
            await _intake.TakeAsync(CancellationToken.None);
            _time.Pass(TimeSpan.FromSeconds(10));
        }

        var outbox = new Outbox(_buffer, Given.Cloud, 0.5, TimeSpan.FromMinutes(10), _time, _packs.MustWait);
        _time.Wall = DateTimeOffset.UnixEpoch;
        var parcel = outbox.Next()!;
        Assert.Equal((1L, 5L), (parcel.Range.First, parcel.Range.Last));
        _time.Wall = SetClock.Now.AddYears(3);
        Assert.False(outbox.ForgetOverdue());
        Assert.Null(outbox.Next());
        Assert.Equal(Enumerable.Range(0, 5).Select(i => SetClock.Now.AddSeconds(10 * i)), Sent().Select(r => r.Time));
    }

    [Fact]
    public async Task AMessageThatCannotBeKeptInTheQuarantineStopsNothing()
    {
        Directory.Delete(Path.Combine(_folder.Path, "quarantine"));
        _channel.Writer.TryWrite(Message("not json"));
        Arrives(SetClock.Now);
        await _intake.TakeAsync(CancellationToken.None);

        Assert.Equal((2, 1L), (_acknowledged, _counters["quarantine.dropped"]));
        Assert.Single(Sent());
    }

    [Fact]
    public async Task AnyMessageIsAnsweredAndTheLoopGoesOn()
    {
        var odd = OneOf(
            "null", "7", "-1", "1e999", "1e300", "4294967295", "\"\"", "\"x\"", "[]", "{}", "[7]", "\"9999-12-31T23:59:59.999999999Z\"",
            "\"0001-01-01T00:00:00+14:00\"", "\"2021-06-19T00:16:04.775023242+00:00\"",
            "\"\\ud83d\"", "\"0004a30b00003627\"", "\"AQAAAAAAAQ16\"", "\"Af////8AAQ16\"", "{\"devEui\":\"0004a30b00003627\"}",
            "[{\"rssi\":1e999}]", "{\"devEui\":\"0004a30b00003627\",\"tags\":{\"origin\":7}}");
        var names = OneOf("deviceInfo", "devAddr", "fCnt", "fPort", "data", "time", "rxInfo", "batteryLevel");
        var kinds = OneOf("up", "up", "up", "status", "join", "", new string('\u00e9', 300));
        await Gen.Select(Gen.Select(names, odd).Array[0, 4], kinds).SampleAsync(
            async (fields, kind) =>
            {
                string[] usual =
                [
                    $"\"fCnt\":{++_frame}", "\"deviceInfo\":{\"devEui\":\"0004a30b00003627\"}", "\"fPort\":10", "\"data\":\"AQAAAAAAAQ16\"",
                ];
                var json = "{" + string.Join(',', usual.Concat(fields.Select(f => $"\"{f.Item1}\":{f.Item2}"))) + "}";
                var before = _acknowledged;
                _channel.Writer.TryWrite(Message(json, kind));
                await _intake.TakeAsync(CancellationToken.None);
                Assert.Equal(before + 1, _acknowledged);
            },
            iter: Given.LongTests ? 100_000 : 5000, threads: 1);
        _ = Sent();

        static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
    }

    [Fact]
    public async Task ValuesThatAreMeasuredAlreadyNeedNoProfile()
    {
        TheTimeIsKnown();
        var samples =
            new[] { 3, 2, 1 }.Select(m => new Sample(SetClock.Now.AddMinutes(-m), [new Measured(Metrics.AirTemperature, 20 + m, "Cel")]));
        _channel.Writer.TryWrite(Observed(new Measurements(DeviceId.Parse("gw-hill.bme280-0"), [.. samples])));
        await _intake.TakeAsync(CancellationToken.None);

        Assert.Equal(1, _acknowledged);
        Assert.Equal(
            [("gw-hill.bme280-0", -3, 23.0), ("gw-hill.bme280-0", -2, 22.0), ("gw-hill.bme280-0", -1, 21.0)],
            Sent().Select(r => (r.Device.ToString(), (int)(r.Time - SetClock.Now).TotalMinutes, r.Value)));
    }

    [Fact]
    public async Task FourScalesOnOneNodeAreFourDevices()
    {
        TheTimeIsKnown();
        var weights = Enumerable.Range(1, 4).Select(i => new Measured(Metrics.Weight, 40 + i, "kg"));
        _channel.Writer.TryWrite(Observed(new Measurements(DeviceId.Parse("0004a30b00003627"), [new Sample(SetClock.Now, [.. weights])])));
        await _intake.TakeAsync(CancellationToken.None);

        Assert.Equal(
            [("0004a30b00003627", 41.0), ("0004a30b00003627.2", 42.0), ("0004a30b00003627.3", 43.0), ("0004a30b00003627.4", 44.0)],
            Sent().Select(r => (r.Device.ToString(), r.Value)));
    }

    private void TheTimeIsKnown()
    {
        _synchronised = true;
        _time.Wall = SetClock.Now;
        _clock.Look();
    }

    /// <summary>A hive node's frame with a temperature, without a clock of its own; with or without the network server's time.</summary>
    private void Arrives(DateTimeOffset? time)
    {
        var payload = Convert.ToBase64String([1, 0, 0, 0, 0, 0, 1, 0x0D, 0x7A]);
        var stamp = time is { } t ? $"\"time\":\"{t:O}\"," : "";
        Assert.True(
            _channel.Writer.TryWrite(
                Message(
                    $$"""{{{stamp}}"deviceInfo":{"devEui":"0004a30b00003627"},"devAddr":"01","fCnt":{{++_frame}}"""
                    + $$""","fPort":10,"data":"{{payload}}"}""")));
    }

    private Observed Message(string json, string kind = "up")
    {
        var raw = new RawMessage($"application/1/device/0004a30b00003627/event/{kind}", Encoding.UTF8.GetBytes(json));
        return Observed(ChirpStackV4Dialect.Dialect.ContentOf(raw.Topic, raw.Payload), raw);
    }

    private Observed Observed(Content content, RawMessage raw = default) => new(
        "lorawan", content, raw, _time.GetUtcNow(), _time.GetTimestamp(), _ =>
        {
            _acknowledged++;
            return Task.CompletedTask;
        });

    private Reading[] Sent() =>
        [.. _buffer.ReadAll().Where(b => !_packs.MustWait(b.Payload)).SelectMany(b => Senml.Read(_packs.Resolve(b.Payload).Span))];
}
