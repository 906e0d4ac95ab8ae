using System.Threading.Channels;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Sources.Contract;
using Microsoft.Extensions.Hosting;

namespace IotGateway.Edge.Tests.Contracts;

/// <summary>Contract that every source keeps; a source's test class gives it something to observe.</summary>
public abstract class SourceContractTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private protected abstract SourceKind Kind { get; }

    /// <summary>A source by the name <c>field</c>, not started; what is made anew is the same source after a restart.</summary>
    private protected abstract IHostedService Make(ChannelWriter<Observed> observed, SourceStates states);

    /// <summary>Lets the source observe an uplink with that frame counter.</summary>
    private protected abstract Task LetObserveAsync(int counter);

    /// <summary>The counter that stands in what was observed; of a source that hands over values, the value.</summary>
    private protected virtual long NumberOf(Content content) => Assert.IsType<Uplink>(content).FCnt!.Value;

    [Fact]
    public void IsListedByItsName()
    {
        Assert.Same(Kind, KnownSources.Find(Kind.Name));
        Assert.Matches("^[a-z0-9-]{1,32}$", Kind.Name);
    }

    [Fact]
    public async Task HandsOverWhatItObservedWithItsNameAndTimes()
    {
        var states = new SourceStates(TimeProvider.System);
        var before = (Wall: TimeProvider.System.GetUtcNow(), Monotonic: TimeProvider.System.GetTimestamp());

        var observed = Assert.Single(await RunAsync(states, acknowledged: true, 7));

        Assert.Equal(("field", 7L), (observed.Source, NumberOf(observed.Content)));
        Assert.InRange(observed.At, before.Wall.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.InRange(observed.Timestamp, before.Monotonic, TimeProvider.System.GetTimestamp());
        Assert.False(observed.Raw.Payload.IsEmpty);
        var state = Assert.Single(states.All());
        Assert.Equal(("field", 1L), (state.Name, state.Received));
    }

    [Fact]
    public async Task HandsOverAgainWhatWasNotAcknowledgedAndThatAlone()
    {
        await RunAsync(new(TimeProvider.System), acknowledged: true, 1);
        await RunAsync(new(TimeProvider.System), acknowledged: false, 2);

        Assert.Equal([2L], (await RunAsync(new(TimeProvider.System), acknowledged: true)).Select(o => NumberOf(o.Content)));
    }

    /// <summary>Runs the source until one observation has come.</summary>
    private async Task<List<Observed>> RunAsync(SourceStates states, bool acknowledged, params int[] counters)
    {
        var channel = Channel.CreateUnbounded<Observed>();
        var source = Make(channel.Writer, states);
        await source.StartAsync(Cancellation);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (states.All().All(s => s.State != SourceCondition.Connected))
            await pause.WaitForNextTickAsync(Cancellation);
        foreach (var counter in counters)
            await LetObserveAsync(counter);
        var observed = new List<Observed>
        {
            await channel.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation),
        };
        foreach (var one in acknowledged ? observed : [])
            await one.Acknowledge(Cancellation);
        await source.StopAsync(Cancellation);
        while (channel.Reader.TryRead(out var more))
            observed.Add(more);
        return observed;
    }
}
