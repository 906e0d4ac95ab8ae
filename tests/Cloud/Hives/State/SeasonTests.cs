using System.Globalization;
using System.Runtime.CompilerServices;
using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>The rule over the whole recorded season of seven real hives, hour by hour.</summary>
public sealed class SeasonTests
{
    [Fact]
    public void TheLightIsSeldomOnAndTheGuideSaysHowOften()
    {
        var runs = SeasonRuns.All.Alone;
        var rows = runs.Select(r => Row($"{r.Key}", r.Value)).Append(Row("all", [.. runs.Values.SelectMany(r => r)])).ToList();
        var guide = File.ReadAllText(Guide());
        Assert.All(rows, row => Assert.Contains(row, guide, StringComparison.Ordinal));

        Assert.All(runs.Values, r => Assert.InRange(Share(r, ColonyState.Abnormal), 0, 0.07));
        Assert.All(runs.Values, r => Assert.InRange(Share(r, ColonyState.Watch), 0.005, 0.06));
        Assert.InRange(Share([.. runs.Values.SelectMany(r => r)], ColonyState.Abnormal), 0.01, 0.04);
        Assert.All(runs.Values.SelectMany(r => r), r => Assert.NotEmpty(r.Reasons));
    }

    private static string Row(string hive, List<HiveState> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {hive} | {Judged(runs).Count()} | {100 * Share(runs, ColonyState.Watch):0.0} % | "
            + $"{100 * Share(runs, ColonyState.Abnormal):0.0} % | {Episodes(runs)} | {runs.Count(r => r.State == ColonyState.Learning)} | "
            + $"{runs.Count(r => r.State == ColonyState.Silent)} |");

    private static IEnumerable<HiveState> Judged(IEnumerable<HiveState> runs) =>
        runs.Where(r => r.State is ColonyState.Normal or ColonyState.Watch or ColonyState.Abnormal);

    private static double Share(List<HiveState> runs, ColonyState state) =>
        (double)runs.Count(r => r.State == state) / Judged(runs).Count();

    /// <summary>Times at which watch or abnormal began after at least six hours without.</summary>
    private static int Episodes(List<HiveState> runs)
    {
        var (episodes, last) = (0, DateTimeOffset.MinValue);
        foreach (var run in runs.Where(r => r.State is ColonyState.Watch or ColonyState.Abnormal))
        {
            episodes += run.AsOf - last is { TotalHours: <= 6 and >= 0 } ? 0 : 1;
            last = run.AsOf;
        }

        return episodes;
    }

    private static string Guide([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/hives.md"));
}
