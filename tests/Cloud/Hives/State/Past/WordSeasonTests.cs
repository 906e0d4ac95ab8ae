using System.Globalization;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Past;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.State.Past;

/// <summary>Words of the recorded season of seven real hives, told by its inspections.</summary>
public sealed class WordSeasonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheGuideSaysHowOftenAWordWasRight()
    {
        using var folder = new TempFolder();
        var apiary = PagesHost.Apiary(Origin.Recorded, [.. Recording.Season.Hives.Keys.Select(h => (h, $"Hive {h}"))]);
        await using var host = await PagesHost.StartAsync(folder.Path, apiary, judging: false);
        var visits = RecordedVisits.Read(
            new VisitsOptions { Recorded = [Recording.VisitsTable] }, apiary);
        await new RecordedVisitsWriter(visits, host.Get<VisitBook>()).StartAsync(Stop);
        foreach (var (hive, said) in SeasonRuns.All.Together)
        {
            var began = said.Where(s => s.Standing!.Any(x => x.Since == s.AsOf)).ToList();
            await host.Get<StateStore>().AddAsync(apiary.FindHive(hive)!, began, Stop);
        }

        host.Store(PagesHost.Device("3627"), Metrics.HiveTemperature, [(SeasonRuns.All.Together["3627"][^1].AsOf, 34.5)]);
        var records = await host.Get<WordRecords>().ReadAsync(apiary.Sites[0], Stop);
        string[] rows =
        [
            .. records.Select(r => string.Create(
                CultureInfo.InvariantCulture, $"| {r.Check} | {r.Said} | {r.Right} | {r.Wrong} | {r.Found} of {r.Visits} |")),
        ];
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal));
        Assert.DoesNotContain(records, r => r.Check == "death");

        var page = await host.Client.GetStringAsync("/api/sites/montreal/words", Stop);
        Assert.Contains("\"check\":\"neighbours\"", page, StringComparison.Ordinal);
    }
}
