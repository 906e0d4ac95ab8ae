using System.Collections.Concurrent;
using System.Globalization;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Tests.Hives.State.Neighbours;

/// <summary>Delay from a disturbance's onset to the first alarm that the same rule does not raise of the hive undisturbed.</summary>
public sealed class DelayTests
{
    private const int MostHours = 14 * 24;
    private static readonly Neighbourhood Site = SeasonRuns.SiteOf(Recording.Season.Hives);

    [Fact]
    public void EachDisturbanceIsFoundSoonerThanByAHiveAlone()
    {
        var delays = new ConcurrentBag<(string Disturbance, double Alone, double Together)>();
        var starts = Starts().ToList();
        Parallel.ForEach(Disturbance.All.SelectMany(d => starts.Select(s => (d.Key, d.Value, s.Hive, s.At))), run =>
        {
            var record = run.Value(Recording.Season.Hives[run.Hive], run.At);
            delays.Add((run.Key, Alone(run.Hive, record, run.At), Together(run.Hive, record, run.At)));
        });

        var rows = delays.GroupBy(d => d.Disturbance).OrderBy(g => g.Key, StringComparer.Ordinal).Select(of => string.Create(
            CultureInfo.InvariantCulture,
            $"| {of.Key} | {of.Count()} | {Said(of.Select(d => d.Alone))} | {Said(of.Select(d => d.Together))} |")).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Science, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Kept, StringComparison.Ordinal));
        Assert.All(
            delays.GroupBy(d => d.Disturbance),
            of => Assert.True(Median(of.Select(d => d.Together)) < Median(of.Select(d => d.Alone)), of.Key));
    }

    /// <summary>
    /// Noon UTC of every eleventh day of each hive, with readings in four fifths of the hours around, when neither rule says anything and
    /// no visit is written for the day.
    /// </summary>
    private static IEnumerable<(string Hive, DateTimeOffset At)> Starts()
    {
        foreach (var (hive, record) in Recording.Season.Hives)
        {
            for (var at = new DateTimeOffset(2021, 7, 4, 12, 0, 0, TimeSpan.Zero); at < record.Temperature[^1].Time; at = at.AddDays(11))
            {
                var heard = record.Temperature.Count(o => o.Time > at.AddDays(-7) && o.Time <= at.AddDays(14));
                if (heard >= 0.8 * 21 * 24 * 2.2 && Quiet(SeasonRuns.All.Alone[hive], at) && Quiet(SeasonRuns.All.Together[hive], at)
                    && !Recording.Season.Visits[hive].Any(v => v.Holds(at)))
                    yield return (hive, at);
            }
        }
    }

    private static bool Quiet(List<HiveState> said, DateTimeOffset at) =>
        said.Where(s => s.AsOf > at.AddHours(-24) && s.AsOf <= at).All(s => s.State == ColonyState.Normal);

    private static double Alone(string hive, HiveRecord record, DateTimeOffset at)
    {
        for (var h = 1; h <= MostHours; h++)
        {
            if (IsNew(RuleAlone.Judge(record, at.AddHours(h)), SeasonRuns.All.Alone[hive]))
                return h;
        }

        return MostHours + 1;
    }

    private static double Together(string hive, HiveRecord record, DateTimeOffset at)
    {
        var visits = Recording.Season.Visits[hive].ToArray();
        var before = SeasonRuns.All.Together[hive].First(s => s.AsOf == at);
        for (var h = 1; h <= MostHours; h++)
        {
            before = Judgement.Judge(record, hive, Site, visits, before, at.AddHours(h));
            if (IsNew(before, SeasonRuns.All.Together[hive]))
                return h;
        }

        return MostHours + 1;
    }

    private static bool IsNew(HiveState said, List<HiveState> undisturbed) =>
        Lit(said) && !undisturbed.Any(s => s.AsOf == said.AsOf && Lit(s));

    private static bool Lit(HiveState state) => state.State is ColonyState.Watch or ColonyState.Abnormal;

    private static string Said(IEnumerable<double> delays)
    {
        var (median, never) = (Median(delays), delays.Count(d => d > MostHours));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(median > MostHours ? "never" : $"{median} h")}{(never > 0 ? $" ({never} never)" : "")}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
