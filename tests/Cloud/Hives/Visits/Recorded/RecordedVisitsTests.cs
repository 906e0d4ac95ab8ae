using System.Runtime.CompilerServices;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.Visits.Recorded;

/// <summary>The visits of the recorded season (firmware-sim/recordings), read and known as the season goes on.</summary>
public sealed class RecordedVisitsTests
{
    private const string Header = "hive,begin,end,author,boxes,frames_of_bees,frames_of_brood,frames_of_honey,queen,note";
    private static readonly (string, string)[] Seven =
        [.. new[] { "3627", "3629", "3631", "3690", "3691", "3692", "3693" }.Select(h => (h, h))];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void TheRecordingsVisitsAreWholeAndTheWeakestHiveIsAmongThem()
    {
        var all = RecordedVisits.Read(
            new VisitsOptions { Recorded = [File_()] }, PagesHost.Apiary(Origin.Recorded, Seven));
        Assert.Equal(76, all.Count);
        Assert.Equal(7, all.Select(v => v.Hive.Id).Distinct(StringComparer.Ordinal).Count());
        var weak = Assert.Single(all, v => v.Hive.Id == "3629" && v.Visit.Begin.Date == new DateTime(2021, 7, 21)).Visit;
        Assert.Equal(QueenFound.NotSeen, weak.Queen);
        Assert.Equal(75, all.Count(v => v.Visit.End is not null));
    }

    [Fact]
    public async Task AVisitIsKnownFromItsEndOnAndWrittenOnce()
    {
        using var folder = new TempFolder();
        await using var host = await PagesHost.StartAsync(folder.Path, PagesHost.Apiary(Origin.Recorded, Seven), judging: false);
        var hive = host.Get<Apiary>().FindHive("3629")!;
        var book = host.Get<VisitBook>();
        var all = RecordedVisits.Read(
            new VisitsOptions { Recorded = [File_()] }, host.Get<Apiary>());
        foreach (var start in new[] { 1, 2 })
            await new RecordedVisitsWriter(all, book).StartAsync(Stop);

        var end = new DateTimeOffset(2021, 6, 22, 20, 36, 0, TimeSpan.Zero);
        Assert.Empty(await book.KnownAsync(hive, end.AddTicks(-1), Stop));
        Assert.Equal(6, Assert.Single(await book.KnownAsync(hive, end, Stop)).Visit.FramesOfBees);
        Assert.Equal(all.Count(v => v.Hive == hive), (await book.KnownAsync(hive, DateTimeOffset.MaxValue, Stop)).Count);

        // The page follows the site's clock.
        host.Store(PagesHost.Device("3629"), Metrics.HiveTemperature, [(end.AddHours(1), 34.5)]);
        var page = await host.Client.GetStringAsync("/hives/3629", Stop);
        Assert.Contains("6 frames of bees, queenright", page, StringComparison.Ordinal);
        Assert.DoesNotContain("queen not seen", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDrawnHivesVisitsTellOfItsSwarmStoresAndMites()
    {
        var all = RecordedVisits.Read(
            new VisitsOptions { Recorded = [Path.GetFullPath(Path.Combine(File_(), "../../demo/synthetic_visits.csv"))] },
            PagesHost.Apiary(Origin.Synthetic, ("synthetic-1", "Synthetic 1")));
        Assert.Equal([false, true, false, false, false, false], all.Select(v => v.Visit.Swarm));
        Assert.Equal((9, new MiteWash(2, 300)), (all[0].Visit.StoresKilograms, all[0].Visit.MiteWash));
        Assert.Null(all[1].Visit.MiteWash);
    }

    [Theory]
    [InlineData("5", "0", "bees_washed")]
    [InlineData("-1", "300", "mites")]
    public async Task AWashThatCannotBeIsRefusedByItsColumn(string mites, string bees, string column)
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(
            folder.File("visits.csv"),
            [Header + ",mites,bees_washed", $"3627,2021-06-22T20:30:00Z,,Ada,1,6,,,right,,{mites},{bees}"], Stop);
        Assert.Contains(column, Assert.Throws<FormatException>(() => RecordedVisits.Read(
            new VisitsOptions { Recorded = [folder.File("visits.csv")] },
            PagesHost.Apiary(Origin.Recorded, Seven))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3627,2021-06-22T20:30:00Z,,Ada,1,-2,,,right,", "frames_of_bees")]
    [InlineData("3627,2021-06-22T20:30:00Z,2021-06-22T20:00:00Z,Ada,1,6,,,right,", "end")]
    [InlineData("3627,2021-06-22 20:30:00,,Ada,1,6,,,right,", "begin")]
    [InlineData("3627,2021-06-22T20:30:00Z,,,1,6,,,right,", "author")]
    [InlineData("3627,2021-06-22T20:30:00Z,,Ada,1,6,,,QR,", "queen")]
    [InlineData("9,2021-06-22T20:30:00Z,,Ada,1,6,,,right,", "hive")]
    public async Task ARowThatIsNoVisitIsRefusedByItsColumn(string row, string column)
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(folder.File("visits.csv"), [Header, row], Stop);
        var error = Assert.Throws<FormatException>(() => RecordedVisits.Read(
            new VisitsOptions { Recorded = [folder.File("visits.csv")] }, PagesHost.Apiary(Origin.Recorded, Seven)));
        Assert.Contains(column, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamedAndNoneIsNoFault()
    {
        var apiary = PagesHost.Apiary(Origin.Recorded, Seven);
        Assert.Empty(RecordedVisits.Read(new VisitsOptions(), apiary));
        Assert.Contains("Visits:Recorded", Assert.Throws<ConfigurationException>(
            () => RecordedVisits.Read(new VisitsOptions { Recorded = ["/nowhere/visits.csv"] }, apiary)).Message, StringComparison.Ordinal);
    }

    private static string File_([CallerFilePath] string here = "") => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(here)!, "../../../../../firmware-sim/recordings/urban_visits_2021.csv"));
}
