using System.Text.Json;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Forecasts.Record;

/// <summary>A record that grows with its scores: weeks that are over are read once, and the sums stay those of all scores.</summary>
public sealed class RecordReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RecordedKind Kind = new("k", "K", SubjectId.Hive, TimeSpan.FromDays(1), 92, "week", Hourly: true);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly CountedDocuments _documents;
    private readonly Apiary _apiary = PagesHost.Apiary(Origin.Live, ("a", "Alder"), ("b", "Birch"));
    private readonly LiteObservations _observations;

    public RecordReaderTests()
    {
        _documents = new CountedDocuments(new LiteTimedDocuments(_folder.File("said.db")));
        _observations = new LiteObservations(_folder.File("hot.db"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ForecastStore Store => new(_documents);

    public void Dispose()
    {
        _observations.Dispose();
        _documents.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WeeksThatAreOverAreReadOnceAndALateScoreIsStillCounted()
    {
        using var grown = Reader();
        for (var day = 0; day < 40; day++)
        {
            // Every third day a truth is two days late.
            await ScoreAsync(day, hours: 20);
            if (day % 3 == 2)
                await ScoreAsync(day - 2, hours: 24);
            _time.SetUtcNow(Start.AddDays(day + 1));
            _ = await grown.ReadAsync(Stop);
        }

        _documents.Read = 0;
        _time.Advance(TimeSpan.FromMinutes(2));
        var last = await grown.ReadAsync(Stop);
        var readAgain = _documents.Read;
        using var anew = Reader();
        _documents.Read = 0;
        var all = await anew.ReadAsync(Stop);

        Assert.Equal(JsonSerializer.Serialize(all), JsonSerializer.Serialize(last));
        Assert.True(readAgain * 2 < _documents.Read, $"{readAgain} of {_documents.Read} documents are read again");
        Assert.Equal(2, Assert.Single(last[0].Parts).Subjects);
    }

    [Fact]
    public async Task WhatLiesBeforeTheRecordsDaysIsInItNoMore()
    {
        using var reader = Reader();
        await ScoreAsync(0, hours: 24);
        _time.SetUtcNow(Start.AddDays(2));
        Assert.Single((await reader.ReadAsync(Stop))[0].Parts);

        _time.SetUtcNow(Start.AddDays(120));
        Assert.Empty((await reader.ReadAsync(Stop))[0].Parts);
    }

    private RecordReader Reader() => new(
        new RecordedKinds([], [Kind]), new KnownSubjects(_apiary, []), Store, new SiteClock(_apiary, _observations, _time), _time);

    private async Task ScoreAsync(int day, int hours)
    {
        foreach (var hive in _apiary.Hives)
        {
            await Store.AddScoresAsync(hive, Kind.Name, Enumerable.Range(0, hours).Select(h =>
            {
                var at = Start.AddDays(day).AddHours(h);
                var step = new ForecastStep(at, "Cel", 30 + (h % 5), [new(0.1, 29), new(0.9, 33)], null, 30, []);
                return Scorer.Score(
                    new Forecast(hive.Key, Kind.Name, step.ValidAt.AddHours(-6), "m", "1", "as now", "", [step]), step, step.ValidAt, 31);
            }), Stop);
        }
    }

    /// <summary>Documents that count what is read of them.</summary>
    private sealed class CountedDocuments(LiteTimedDocuments documents) : ITimedDocuments, IDisposable
    {
        public int Read { get; set; }

        public Task<int> AddAsync(
            SubjectId subject, string series, IReadOnlyList<TimedDocument> said, CancellationToken cancellation) =>
            documents.AddAsync(subject, series, said, cancellation);

        public Task<TimedDocument?> NewestAsync(SubjectId subject, string series, CancellationToken cancellation) =>
            documents.NewestAsync(subject, series, cancellation);

        public async Task<IReadOnlyList<TimedDocument>> RangeAsync(
            SubjectId subject, string series, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
        {
            var found = await documents.RangeAsync(subject, series, from, to, limit, cancellation);
            Read += found.Count;
            return found;
        }

        public Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation) =>
            documents.EraseAsync(device, delete, cancellation);

        public Task<long> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation) =>
            documents.ForgetAsync(before, delete, cancellation);

        public void Dispose() => documents.Dispose();
    }
}
