using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using IotGateway.Cloud.Forecasts;

namespace IotGateway.Cloud.Tests.Forecasts;

/// <summary>The rule over the whole recorded season of seven real hives, hour by hour.</summary>
public sealed class SeasonTests
{
    [Fact]
    public void TheLightIsSeldomOnAndTheGuideSaysHowOften()
    {
        var runs = Season();
        var rows = runs.Select(r => Row($"{r.Key}", r.Value)).Append(Row("all", [.. runs.Values.SelectMany(r => r)])).ToList();
        var guide = File.ReadAllText(Guide());
        Assert.All(rows, row => Assert.Contains(row, guide, StringComparison.Ordinal));

        Assert.All(runs.Values, r => Assert.InRange(Share(r, RiskState.Abnormal), 0, 0.07));
        Assert.All(runs.Values, r => Assert.InRange(Share(r, RiskState.Watch), 0.005, 0.06));
        Assert.InRange(Share([.. runs.Values.SelectMany(r => r)], RiskState.Abnormal), 0.01, 0.04);
        Assert.All(runs.Values.SelectMany(r => r), r => Assert.NotEmpty(r.Reasons));
    }

    private static string Row(string hive, List<HiveRisk> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {hive} | {Judged(runs).Count()} | {100 * Share(runs, RiskState.Watch):0.0} % | {100 * Share(runs, RiskState.Abnormal):0.0} % | {Episodes(runs)} | {runs.Count(r => r.State == RiskState.Learning)} | {runs.Count(r => r.State == RiskState.Silent)} |");

    private static IEnumerable<HiveRisk> Judged(IEnumerable<HiveRisk> runs) => runs.Where(r => r.State is RiskState.Normal or RiskState.Watch or RiskState.Abnormal);

    private static double Share(List<HiveRisk> runs, RiskState state) => (double)runs.Count(r => r.State == state) / Judged(runs).Count();

    /// <summary>Times at which watch or abnormal began after at least six hours without.</summary>
    private static int Episodes(List<HiveRisk> runs)
    {
        var (episodes, last) = (0, DateTimeOffset.MinValue);
        foreach (var run in runs.Where(r => r.State is RiskState.Watch or RiskState.Abnormal))
        {
            episodes += run.AsOf - last is { TotalHours: <= 6 and >= 0 } ? 0 : 1;
            last = run.AsOf;
        }

        return episodes;
    }

    private static SortedDictionary<string, List<HiveRisk>> Season()
    {
        var runs = new ConcurrentDictionary<string, List<HiveRisk>>();
        Parallel.ForEach(Recording.Season.Hives, hive =>
        {
            var (record, risks) = (hive.Value, new List<HiveRisk>());
            for (var hour = Hour(record.Temperature[0].Time).AddHours(1); hour <= record.Temperature[^1].Time; hour = hour.AddHours(1))
                risks.Add(HiveRule.Judge(record, hour));
            runs[hive.Key] = risks;
        });
        return new SortedDictionary<string, List<HiveRisk>>(runs, StringComparer.Ordinal);
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));

    private static string Guide([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/hives.md"));
}
