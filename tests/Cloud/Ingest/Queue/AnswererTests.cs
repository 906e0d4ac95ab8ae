using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest.Queue;

public sealed class AnswererTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KeptAnswers _answers = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LiteObservations _store;
    private readonly Answerer _answerer;

    public AnswererTests()
    {
        _store = new LiteObservations(_folder.File("hot.db"));
        _answerer = new Answerer(_answers, _store, new GatewayRegistry(), _time, NullLogger<Answerer>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _answerer.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AGatewayIsToldOnceASecondHowFarAllWorkersAre()
    {
        // Another worker has stored 1 to 4.
        _store.Store([new Batch("gw", "s", 1, 4, Noon, "", [], [])]);
        await _answerer.StartAsync(Stop);
        for (var i = 5; i <= 30; i++)
        {
            _store.Store([new Batch("gw", "s", i, i, Noon, "", [], [])]);
            _answerer.Stored("gw", "s", new SequenceRange(i, i));
        }

        _answerer.Refused("gw", "s", new Refusal(40, 41, "not_json"));
        _answerer.Refused("gw", "s", new Refusal(40, 41, "not_json"));
        await ToldAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));

        var (gateway, answer) = Assert.Single(_answers.All);
        Assert.Equal(("gw", "s", 30L), (gateway, answer.Stream, answer.Contiguous));
        Assert.Equal([new SequenceRange(5, 30)], answer.Stored);
        Assert.Equal([new Refusal(40, 41, "not_json")], answer.Refused);
        await _answerer.StopAsync(Stop);
    }

    [Fact]
    public async Task WhatTheBrokerDidNotTakeIsToldLaterWithTheRest()
    {
        _answers.Failing = 2;
        _answerer.Stored("gw", "s", new SequenceRange(1, 2));
        await _answerer.FlushAsync(Stop);
        await _answerer.FlushAsync(Stop);
        _answerer.Stored("gw", "s", new SequenceRange(3, 3));
        Assert.Empty(_answers.All);

        await _answerer.FlushAsync(Stop);
        await _answerer.FlushAsync(Stop);

        Assert.Equal([new SequenceRange(1, 3)], Assert.Single(_answers.All).Answer.Stored);
    }

    [Fact]
    public async Task WhatWaitsIsToldBeforeTheEnd()
    {
        await _answerer.StartAsync(Stop);
        _answerer.Stored("gw", "s", new SequenceRange(1, 2));
        await _answerer.StopAsync(Stop);

        Assert.Single(_answers.All);
    }

    private async Task ToldAsync(int answers)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var waited = TimeSpan.Zero; _answers.All.Count < answers; waited += TimeSpan.FromMilliseconds(100))
        {
            Assert.True(waited < TimeSpan.FromSeconds(60));
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await pause.WaitForNextTickAsync(Stop);
        }
    }
}
