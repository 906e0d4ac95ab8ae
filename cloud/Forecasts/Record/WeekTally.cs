namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Sums over the scores of one subject in one week, of one model and horizon: all that a record needs of them.</summary>
internal sealed class WeekTally
{
    private readonly Dictionary<string, MeasureSums> _measures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<double, (int Below, int Count)> _levels = [];
    private readonly List<(double Said, bool Came)> _probabilities = [];

    public IReadOnlyDictionary<string, MeasureSums> Measures => _measures;

    /// <summary>By quantile how many truths stayed below it, and of how many.</summary>
    public IReadOnlyDictionary<double, (int Below, int Count)> Levels => _levels;

    public IReadOnlyList<(double Said, bool Came)> Probabilities => _probabilities;

    public DateTimeOffset From { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset To { get; private set; } = DateTimeOffset.MinValue;

    public int Count { get; private set; }

    public int StoodIn { get; private set; }

    /// <summary>The week that a time lies in, counted from 1970.</summary>
    public static long WeekOf(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Days / 7L;

    public static DateTimeOffset StartOf(long week) => DateTimeOffset.UnixEpoch.AddDays(week * 7);

    public void Add(ForecastScore score)
    {
        foreach (var measure in score.Measures)
            _measures[measure.Name] = _measures.GetValueOrDefault(measure.Name).With(measure);
        foreach (var quantile in score.Said.Quantiles)
        {
            var (below, count) = _levels.GetValueOrDefault(quantile.Probability);
            _levels[quantile.Probability] = (below + (score.Observed <= quantile.Value ? 1 : 0), count + 1);
        }

        if (score.Said.Probability is { } probability)
            _probabilities.Add((probability, score.Observed > 0.5));
        var at = score.Said.ValidAt;
        (From, To) = (at < From ? at : From, at > To ? at : To);
        Count++;
        StoodIn += score.StoodIn == true ? 1 : 0;
    }
}

/// <summary>Sums of one measure, with the baseline's where it has one.</summary>
internal readonly record struct MeasureSums(double Value, double Baseline, int Compared, int Count)
{
    public MeasureSums With(Measure measure) =>
        new(Value + measure.Value, Baseline + (measure.Baseline ?? 0), Compared + (measure.Baseline is null ? 0 : 1), Count + 1);

    public static MeasureSums operator +(MeasureSums a, MeasureSums b) =>
        new(a.Value + b.Value, a.Baseline + b.Baseline, a.Compared + b.Compared, a.Count + b.Count);
}
