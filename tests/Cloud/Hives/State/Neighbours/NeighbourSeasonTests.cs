using System.Globalization;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Tests.Hives.State.Neighbours;

/// <summary>
/// The recorded season of seven real hives beside their neighbours: 3627, 3629 and 3692 had 8 to 10 frames of bees in the last week of
/// June, the other four 20 or more (UrBAN's inspections).
/// </summary>
public sealed class NeighbourSeasonTests
{
    private static readonly string[] Weak = ["3627", "3629", "3692"];
    private static readonly DateTimeOffset From = new(2021, 6, 25, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TheThreeWeakColoniesStandOutFromTheFourStrongOnes()
    {
        foreach (var (hive, said) in SeasonRuns.All.Together)
        {
            var hours = said.Where(s => s.AsOf >= From && s.AsOf < From.AddDays(11) && s.State != ColonyState.Silent).ToList();
            Assert.All(hours, s => Assert.Equal(Weak.Contains(hive), IsWeak(s)));
            Assert.InRange(hours.Count, 200, 264);
        }
    }

    [Fact]
    public void TheWeakestStandsOutUntilItsVisitOfTheTwentyFirstOfJuly()
    {
        var visit = new DateTimeOffset(2021, 7, 21, 16, 16, 0, TimeSpan.FromHours(-4));
        var hours = SeasonRuns.All.Together["3629"].Where(s => s.AsOf >= From && s.AsOf <= visit && s.State != ColonyState.Silent).ToList();
        Assert.All(hours, s => Assert.True(IsWeak(s), $"{s.AsOf:u}"));
        Assert.InRange(hours.Count, 600, 660);
    }

    [Fact]
    public void TheRuleOfAHiveAloneSeesNoneOfIt()
    {
        var alone = Weak.Average(hive => Share(SeasonRuns.All.Alone[hive]));
        var strong = SeasonRuns.All.Alone.Keys.Except(Weak).Average(hive => Share(SeasonRuns.All.Alone[hive]));
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"weak {alone:0.000}, strong {strong:0.000}"));
        Assert.InRange(alone, 0, 0.05);

        static double Share(List<HiveState> said) => said
            .Where(s => s.State is ColonyState.Normal or ColonyState.Watch or ColonyState.Abnormal)
            .Where(s => s.AsOf >= From && s.AsOf < From.AddDays(11))
            .Average(s => s.State == ColonyState.Normal ? 0.0 : 1.0);
    }

    [Fact]
    public void FewerAlarmsStandOutsideVisitsAndTheGuideSaysHowMany()
    {
        var all = SeasonRuns.All;
        var judged = all.Together.Values.Sum(r => r.Count(s => s.State is ColonyState.Normal or ColonyState.Watch or ColonyState.Abnormal));
        var months = judged / 730.5;
        var (alone, together) = (Alarms(all.Alone), Alarms(all.Together));
        string[] rows =
        [
            .. all.Together.Keys.Select(h => string.Create(
                CultureInfo.InvariantCulture,
                $"| {h} | {alone.Count(a => a.Hive == h)} | {together.Count(a => a.Hive == h)} | {Days(all.Together[h]):0} |")),
            string.Create(
                CultureInfo.InvariantCulture,
                $"| all | {alone.Count} | {together.Count} | {all.Together.Values.Sum(Days):0} |"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{alone.Count / months:0.00} alarms a hive-month by a hive alone, {together.Count / months:0.00} with its "),
            string.Create(
                CultureInfo.InvariantCulture, $"{together.Count(OfTheSensor)} of them name the sensor"),
        ];
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', together.OrderBy(a => a.State.AsOf).Select(
            a => $"{a.State.AsOf:MM-dd HH} {a.Hive} {string.Join(' ', a.State.Reasons.Where(r => r.IsAlarm).Select(r => r.Check))}")));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal));
        Assert.Contains(rows[^2], SeasonRuns.Science, StringComparison.Ordinal);
        Assert.Contains(rows[^2], SeasonRuns.Kept, StringComparison.Ordinal);
        Assert.True(together.Count < 0.7 * alone.Count);
    }

    private static List<(string Hive, HiveState State)> Alarms(SortedDictionary<string, List<HiveState>> runs) =>
        [.. runs.SelectMany(r => SeasonRuns.Alarms(r.Key, r.Value).Select(s => (r.Key, s)))];

    private static bool OfTheSensor((string Hive, HiveState State) alarm) =>
        alarm.State.Reasons.Where(r => r.IsAlarm).All(r => r.Check.StartsWith("sensor", StringComparison.Ordinal));

    private static double Days(List<HiveState> said) => said.Count(IsWeak) / 24.0;

    private static bool IsWeak(HiveState state) => state.Reasons.Any(r => r.Check == NeighbourRule.Weak && r.State == ColonyState.Watch);
}
