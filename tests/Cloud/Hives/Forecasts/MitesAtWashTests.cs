using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.Learnt;
using IotGateway.Cloud.Hives.Forecasts.ManyMites;
using IotGateway.Cloud.Hives.Forecasts.MitesAtWash;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Learning.Hives.Mites;
using IotGateway.Science.Hive.Learnt;

namespace IotGateway.Cloud.Tests.Hives.Forecasts;

/// <summary>Forecasts of the next wash by written ones.</summary>
public sealed class MitesAtWashTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2022, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject Hive => _host.Get<Apiary>().FindHive("a")!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(
        _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A")), judging: false);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void ServingsRootsAreByteForByteThoseOfTraining()
    {
        var rows = MiteRows.Read().Usable;
        var sum = LearntModel.Read("hive-mites", MiteFeatures.Names).For("a", "mites a 100 bees");
        foreach (var row in rows)
        {
            var wash = new LastWash(Day, (int)row.Before.Mites, (int)row.Before.Bees);
            var grown = row.Example.Features[1] / row.Example.Features[0];
            var days = row.Before.Mites > 0 ? (int)Math.Round(2 * Math.Log(grown) / MiteFeatures.DailyGrowth) : 0;
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(sum.At(row.Example.Features)),
                BitConverter.DoubleToInt64Bits(WashRoot.Of(sum, wash, days).Value));
        }

        Assert.Equal(ManyMitesKind.BaseRate, rows.Average(r => r.After.PerHundred >= MiteOutlook.Many ? 1.0 : 0), 12);
    }

    [Fact]
    public async Task TheNextWashIsForecastWithItsIntervalAndScored()
    {
        await WriteAsync(Day.AddHours(-10), new MiteWash(9, 300));
        var (value, chance) = (new MitesAtWashKind(_host.Get<VisitBook>()), new ManyMitesKind(_host.Get<VisitBook>()));
        var said = Assert.Single(await value.MakeAsync(Hive, Day, 24, Stop));

        Assert.Equal(["21", "28"], said.Steps.Select(s => (s.ValidAt - Day).TotalDays.ToString("0", null)));
        Assert.All(said.Steps, s => Assert.True(s.Quantiles[0].Value < s.Value && s.Value < s.Quantiles[2].Value));
        Assert.Equal(3, said.Steps[0].Baseline);
        var likely = Assert.Single(await chance.MakeAsync(Hive, Day, 1, Stop));
        Assert.All(likely.Steps, s => Assert.InRange(s.Probability!.Value, 0.4, 0.9));

        Assert.Null(await value.TruthAsync(Hive, said.Steps[0].ValidAt, Stop));
        await WriteAsync(said.Steps[0].ValidAt.AddHours(-4), new MiteWash(18, 300));
        Assert.Equal(6, await value.TruthAsync(Hive, said.Steps[0].ValidAt, Stop));
        Assert.Equal(1, await chance.TruthAsync(Hive, said.Steps[0].ValidAt, Stop));
        Assert.Equivalent(said, Assert.Single(await value.MakeAsync(Hive, Day, 1, Stop)));
        Assert.Equal(4, Measures.Of(said.Steps[0], 6).Count);
    }

    [Theory]
    [InlineData(null, 0, 0, "no visit has written down a mite wash")]
    [InlineData(5, 60, 0, "the last wash was of 60 bees, 100 are needed")]
    [InlineData(5, 300, 40, "is more than 5 weeks old")]
    public async Task WhereNothingCanBeSaidThePageSaysWhy(int? mites, int bees, int daysOld, string why)
    {
        if (mites is { } counted)
            await WriteAsync(Day.AddDays(-daysOld).AddHours(-1), new MiteWash(counted, bees));
        var kind = new MitesAtWashKind(_host.Get<VisitBook>());

        Assert.Empty(await kind.MakeAsync(Hive, Day, 1, Stop));
        Assert.Contains(why, await kind.WhyNotAsync(Hive, Day, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATreatmentSinceTheWashSaysNothingMore()
    {
        await WriteAsync(Day.AddDays(-5), new MiteWash(9, 300));
        await _host.Get<VisitBook>().AddRecordedAsync(
            Hive, new Visit(Day.AddDays(-3), "Ada") { Treatment = new Treatment(TreatmentMeans.OxalicAcid) }, Stop);
        var kind = new MitesAtWashKind(_host.Get<VisitBook>());

        Assert.Single(await kind.MakeAsync(Hive, Day.AddDays(-4), 1, Stop));
        Assert.Empty(await kind.MakeAsync(Hive, Day, 1, Stop));
        Assert.Contains("the hive was treated", await kind.WhyNotAsync(Hive, Day, Stop), StringComparison.Ordinal);
    }

    private Task WriteAsync(DateTimeOffset begin, MiteWash wash) =>
        _host.Get<VisitBook>().AddRecordedAsync(Hive, new Visit(begin, "Ada") { MiteWash = wash }, Stop);
}
