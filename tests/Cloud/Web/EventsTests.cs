using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Web;

public sealed class EventsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await PagesHost.StartAsync(_folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AChangeReachesAnOpenPage()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = await _host.Client.GetAsync("/events?hive=a", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal("event: heartbeat", await lines.ReadLineAsync(patience.Token));

        _host.Get<ChangeFeed>().Publish([PagesHost.Device("a")]);
        string? line;
        do
            line = await lines.ReadLineAsync(patience.Token);
        while (line is not "event: changed");
        Assert.Equal("data: [\"a\"]", await lines.ReadLineAsync(patience.Token));
    }

    [Fact]
    public async Task WhereOthersWriteTheStorePagesAreToldToLookAgain()
    {
        var events = new Events(_host.Get<Apiary>(), new ChangeFeed { HearsAll = false }, _time, _host.Get<IHostApplicationLifetime>());
        foreach (var (hive, expected) in new[] { ("a", "[\"a\"]"), (null, "[\"a\",\"b\"]") })
        {
            await using var stream = events
                .StreamAsync(hive is null ? null : _host.Get<Apiary>().FindHive(hive), TestContext.Current.CancellationToken)
                .GetAsyncEnumerator();
            Assert.True(await stream.MoveNextAsync());
            Assert.Equal("heartbeat", stream.Current.EventType);

            await AdvanceAsync(stream.MoveNextAsync().AsTask(), Events.Heartbeat);
            Assert.Equal(("changed", expected), (stream.Current.EventType, stream.Current.Data));
        }
    }

    [Fact]
    public async Task ManyChangesAreOneEventASecondAndOtherHivesNone()
    {
        var changes = _host.Get<ChangeFeed>();
        var events = new Events(_host.Get<Apiary>(), changes, _time, _host.Get<IHostApplicationLifetime>());
        await using var stream = events
            .StreamAsync(_host.Get<Apiary>().FindHive("a"), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("heartbeat", stream.Current.EventType);

        var next = stream.MoveNextAsync().AsTask();
        changes.Publish([PagesHost.Device("b")]);
        changes.Publish([PagesHost.Device("a")]);
        changes.Publish([PagesHost.Device("a")]);
        await AdvanceAsync(next, Events.Gather);
        Assert.Equal("[\"a\"]", stream.Current.Data);

        var second = stream.MoveNextAsync().AsTask();
        changes.Publish([PagesHost.Device("a")]);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.False(second.IsCompleted);
        await AdvanceAsync(second, Events.Gather);
        Assert.Equal("changed", stream.Current.EventType);
    }

    [Fact]
    public async Task QuietHivesStillBeat()
    {
        var events = new Events(_host.Get<Apiary>(), _host.Get<ChangeFeed>(), _time, _host.Get<IHostApplicationLifetime>());
        await using var stream = events.StreamAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await stream.MoveNextAsync();
        var next = stream.MoveNextAsync().AsTask();
        await AdvanceAsync(next, Events.Heartbeat);
        Assert.Equal("heartbeat", stream.Current.EventType);
    }

    /// <summary>
    /// Moves the clock until the event is there; the code between two waits runs on other threads, so one step may come too early.
    /// </summary>
    private async Task AdvanceAsync(Task<bool> next, TimeSpan step)
    {
        for (var i = 0; i < 2000 && !next.IsCompleted; i++)
        {
            _time.Advance(step / 10);
            await Task.WhenAny(next, Task.Delay(2));
        }

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
