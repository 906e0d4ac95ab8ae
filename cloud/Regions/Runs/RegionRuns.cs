using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Sites;
using IotGateway.Storage.Files;
using IotGateway.Tables;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>
/// Runs that keep what the outlooks say in the record, and score it when a survey has come. Neither is ever rewritten: a revised survey
/// changes no score.
/// </summary>
internal sealed class RegionRuns(
    ForecastStore store, KnownSubjects subjects, RegionsOptions options, SurveyFault fault, TimeProvider time, ILogger<RegionRuns> log)
    : BackgroundService
{
    private const int MostForecasts = 1_000;

    /// <summary>Nobody waits for it, so what is urgent after a start comes first.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    /// <summary>Keeps what is new, and scores what has come.</summary>
    /// <returns>Forecasts that were scored.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (survey, scored) = (ReadSurvey(), 0);
        foreach (var outlook in RegionOutlooks.All)
        {
            foreach (var kind in RegionKind.All.Where(k => k.Outlook == outlook.Name))
            {
                foreach (var state in outlook.States)
                {
                    if (subjects.Find(new SubjectId(RegionKind.State, state.Id)) is { } subject)
                        scored += await RunAsync(kind, outlook, state, subject, survey, cancellation);
                }
            }
        }

        return scored;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(First, time, stoppingToken);
            using var timer = new PeriodicTimer(Between, time);
            do
                await IsolatedAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task IsolatedAsync(CancellationToken cancellation)
    {
        try
        {
            var scored = await RunAsync(cancellation);
            if (scored > 0)
                log.Scored(scored);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.Failed(e);
        }
    }

    private Survey ReadSurvey()
    {
        var survey = Survey.OfOutlooks();
        if (options.Survey.Length == 0)
            return survey;
        try
        {
            survey.Add(Table.Read(options.Survey));
            fault.Text = null;
        }
        catch (Exception e) when (e is TableException || e.IsFromDisk())
        {
            fault.Text = e.Message;
            log.Unreadable(options.Survey, e.Message);
        }

        return survey;
    }

    private async Task<int> RunAsync(
        RegionKind kind, RegionOutlook outlook, RegionState state, Subject subject, Survey survey, CancellationToken cancellation)
    {
        var name = kind.Record.Name;
        var kept = await ForecastsAsync();
        var next = RegionForecasts.Next(kind, outlook, state);
        Forecast[] made =
        [
            .. RegionForecasts.Past(kind, outlook, state).Where(f => !kept.Any(k => k.Steps[0].ValidAt == f.Steps[0].ValidAt)),
            .. kept.Any(k => k.AsOf == next.AsOf) ? Array.Empty<Forecast>() : [next],
        ];
        if (made.Length > 0)
            await store.AddAsync(name, made, subject, cancellation);
        var scores = await store.ScoresAsync(
            subject.Key, name, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, MostForecasts, cancellation);
        var done = scores.Select(s => s.Said.ValidAt).ToHashSet();
        var now = time.GetUtcNow();
        ForecastScore[] come =
        [
            .. from f in made.Length > 0 ? await ForecastsAsync() : kept
               let quarter = QuarterBefore(f.Steps[0].ValidAt)
               where !done.Contains(f.Steps[0].ValidAt)
               let percent = survey.Find(outlook.Name, state.State, quarter)
               where percent is not null
               select Scorer.Score(f, f.Steps[0], now, kind.Truth(percent.Value)),
        ];
        if (come.Length > 0)
            await store.AddScoresAsync(subject, name, come, cancellation);
        return come.Length;

        Task<IReadOnlyList<Forecast>> ForecastsAsync() => store.RangeAsync(
            subject.Key, name, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, MostForecasts, cancellation);
    }

    private static SurveyQuarter QuarterBefore(DateTimeOffset end)
    {
        var last = end.AddDays(-1);
        return new SurveyQuarter(last.Year, ((last.Month - 1) / 3) + 1);
    }
}
