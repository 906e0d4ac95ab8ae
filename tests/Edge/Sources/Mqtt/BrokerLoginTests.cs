using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;
using IotGateway.Edge.Tests.Buffer.Disks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Sources.Mqtt;

/// <summary>The MQTT source before brokers that answer otherwise than one would like, and a clock that the test moves.</summary>
public sealed class BrokerLoginTests : IAsyncDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<Observed> _observed = Channel.CreateUnbounded<Observed>();
    private readonly SourceStates _states;
    private readonly MqttSource _source;

    public BrokerLoginTests()
    {
        _listener.Start();
        _states = new SourceStates(_time);
        _source = new MqttSource(
            new MqttSourceOptions
            {
                Name = "field",
                Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
                Topic = ScriptedBroker.Topic,
            },
            ChirpStackV4Dialect.Dialect, "gw", _folder.Path, _observed.Writer, _states, _time, NullLogger<MqttSource>.Instance);
    }

    private SourceState State => Assert.Single(_states.All());

    private IEnumerable<string> Problems => new SourceProblems(_states, _time).Problems();

    public async ValueTask DisposeAsync()
    {
        await _source.StopAsync(CancellationToken.None);
        _source.Dispose();
        _listener.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("SUBSCRIBE")]
    public async Task ABrokerThatFallsSilentIsGivenUpToldAndTriedAgain(string at)
    {
        await _source.StartAsync(Cancellation);
        using var silent = await _listener.AcceptTcpClientAsync(Cancellation);
        var stream = silent.GetStream();
        await ScriptedBroker.ReadAsync(stream);
        if (at != "CONNECT")
            await stream.WriteAsync(ScriptedBroker.Welcome, Cancellation);

        await UntilAsync(() => State.State == SourceCondition.Disconnected);

        Assert.Equal([$"Source field is disconnected: the broker did not answer a {at} within 15 s."], Problems);
        using var again = await AcceptAsync();
        Assert.Equal([$"Source field is disconnected: the broker did not answer a {at} within 15 s."], Problems);
    }

    [Fact]
    public async Task AnswersMayComeBehindWhatTheSessionHeldAndOneToUnsubscribeNever()
    {
        await _source.StartAsync(Cancellation);
        using var broker = await _listener.AcceptTcpClientAsync(Cancellation);
        var stream = broker.GetStream();
        await ScriptedBroker.ReadAsync(stream);
        await stream.WriteAsync(ScriptedBroker.WelcomeBack, Cancellation);
        var (_, subscribe) = await ScriptedBroker.ReadAsync(stream);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(SourceCondition.Connecting, State.State);
        await stream.WriteAsync((byte[])[0x90, 4, subscribe[0], subscribe[1], 0, 1], Cancellation);
        Assert.Equal(10, (await ScriptedBroker.ReadAsync(stream)).Kind);

        await UntilAsync(() => State.State != SourceCondition.Connecting);

        Assert.Equal(SourceCondition.Connected, State.State);
        Assert.Equal(["not_unsubscribed"], State.Warnings.Keys);
        Assert.Equal([ScriptedBroker.Topic, ChirpStackV4Dialect.Dialect.Topic], Kept());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ALineThatBreaksAtTheLoginTakesNobodyBackToMqtt311(bool atTheFirst)
    {
        await _source.StartAsync(Cancellation);
        byte[] spoken = atTheFirst ? [5, 4, 5] : [5, 5, 5];
        for (var i = 0; i < spoken.Length; i++)
        {
            using var broker = await AcceptAsync();
            var stream = broker.GetStream();
            Assert.Equal(spoken[i], (await ScriptedBroker.ReadAsync(stream)).Body[6]);
            if (i == (atTheFirst ? 0 : 1))
                continue;
            await stream.WriteAsync(spoken[i] == 5 ? ScriptedBroker.Welcome : [0x20, 2, 0, 0], Cancellation);
            var (_, subscribe) = await ScriptedBroker.ReadAsync(stream);
            byte[] granted = spoken[i] == 5 ? [0x90, 4, subscribe[0], subscribe[1], 0, 1] : [0x90, 3, subscribe[0], subscribe[1], 1];
            await stream.WriteAsync(granted, Cancellation);
            await UntilAsync(() => State.State == SourceCondition.Connected);
        }
    }

    [Fact]
    public async Task ALineThatBringsAnEventEachTimeIsTriedAgainSoon()
    {
        const int Times = 16;
        await _source.StartAsync(Cancellation);
        var away = TimeSpan.Zero;
        for (var i = 1; i <= Times; i++)
        {
            var left = _time.GetUtcNow();
            using var broker = await AcceptAsync();
            away += _time.GetUtcNow() - left;
            var stream = await ScriptedBroker.LetInAsync(broker);
            await stream.WriteAsync(ScriptedBroker.Publish(i), Cancellation);
            await (await _observed.Reader.ReadAsync(Cancellation)).Acknowledge(Cancellation);
            Assert.Equal(4, (await ScriptedBroker.ReadAsync(stream)).Kind);
        }

        Assert.InRange(away.TotalSeconds, 0, 30 * Times);
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 2, 0, 1 })]
    [InlineData(new byte[] { 0x20, 3, 0, 0x84, 0 })]
    [InlineData(new byte[0])]
    [InlineData(null)]
    public async Task ABrokerThatSpeaksMqtt311AloneIsListenedTo(byte[]? refusal)
    {
        await _source.StartAsync(Cancellation);
        using (var first = await _listener.AcceptTcpClientAsync(Cancellation))
        {
            var stream = first.GetStream();
            Assert.Equal(5, (await ScriptedBroker.ReadAsync(stream)).Body[6]);
            if (refusal is { Length: > 0 })
                await stream.WriteAsync(refusal, Cancellation);
            else if (refusal is null)
                await UntilAsync(() => State.State == SourceCondition.Disconnected);
        }

        using var broker = await AcceptAsync();
        var old = broker.GetStream();
        Assert.Equal(4, (await ScriptedBroker.ReadAsync(old)).Body[6]);
        await old.WriteAsync((byte[])[0x20, 2, 0, 0], Cancellation);
        var (_, subscribe) = await ScriptedBroker.ReadAsync(old);
        await old.WriteAsync((byte[])[0x90, 3, subscribe[0], subscribe[1], 1], Cancellation);
        await old.WriteAsync(ScriptedBroker.Publish(7), Cancellation);
        var message = await _observed.Reader.ReadAsync(Cancellation);
        await message.Acknowledge(Cancellation);

        var (kind, acknowledged) = await ScriptedBroker.ReadAsync(old);
        Assert.Equal(4, kind);
        Assert.Equal([0, 7], acknowledged);
        await UntilAsync(() => State.State == SourceCondition.Connected);
        Assert.Empty(Problems);
    }

    [Fact]
    public async Task ATakenNameIsToldInWordsAndNotTakenBackAtOnce()
    {
        await _source.StartAsync(Cancellation);
        using (var broker = await _listener.AcceptTcpClientAsync(Cancellation))
        {
            var stream = await ScriptedBroker.LetInAsync(broker);
            await stream.WriteAsync((byte[])[0xe0, 2, 0x8e, 0], Cancellation);
            await UntilAsync(() => State.State == SourceCondition.Disconnected);
        }

        Assert.Contains(Problems, p => p.Contains("another client has taken the name 'gw-field'", StringComparison.Ordinal));
        var left = _time.GetUtcNow();
        using var again = await AcceptAsync();
        Assert.InRange((_time.GetUtcNow() - left).TotalSeconds, 149, 310);
        await ScriptedBroker.LetInAsync(again);
        await UntilAsync(() => State.State == SourceCondition.Connected);
        Assert.Contains(Problems, p => p.Contains("another client has taken the name 'gw-field'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ABrokerThatGrantsNoAcknowledgedDeliveryIsNamed()
    {
        await _source.StartAsync(Cancellation);
        using var broker = await _listener.AcceptTcpClientAsync(Cancellation);
        var stream = broker.GetStream();
        await ScriptedBroker.ReadAsync(stream);
        await stream.WriteAsync((byte[])[0x20, 8, 0, 0, 5, 0x11, 0, 0, 0, 60], Cancellation);
        await ScriptedBroker.SubscribedAsync(stream, 0);
        await UntilAsync(() => State.State == SourceCondition.Connected);

        Assert.Equal(["granted_qos_0", "short_session"], State.Warnings.Keys);
        Assert.Equal(2, Problems.Count());
    }

    private IEnumerable<string> Kept() => new SessionFile(_folder.Path, "field")
        .Read($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", "gw-field")!.Filters;

    /// <summary>The next connection, however long the source waits before it.</summary>
    private async Task<TcpClient> AcceptAsync()
    {
        await UntilAsync(_listener.Pending);
        return await _listener.AcceptTcpClientAsync(Cancellation);
    }

    /// <summary>Lets the source's clock run until something holds.</summary>
    private async Task UntilAsync(Func<bool> holds)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds())
        {
            await pause.WaitForNextTickAsync(Cancellation);
            _time.Advance(TimeSpan.FromSeconds(0.2));
        }
    }
}
