using System.Text;
using IotGateway.Cloud.Join;
using IotGateway.Cloud.Tests.Join;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using Microsoft.Extensions.Logging.Abstractions;
using static IotGateway.Cloud.Tests.Weather.ProviderServer;

namespace IotGateway.Cloud.Tests.Weather.Providers;

public sealed class GhcnTests
{
    // Made up, in the fixed columns of ghcnd-stations.txt.
    private const string Stations = """
        CA007025250  45.4700  -73.7500   36.0 QC MADE UP NEAR
        CA007024745  45.5000  -73.6000  106.0 QC MADE UP NEARER, NO DATA
        US1NYSL0001  44.9000  -74.9000  -999.9 NY MADE UP FAR

        """;

    private static readonly DateTimeOffset Now = new(2021, 7, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Montreal = new("montreal", 45.5, -73.6, ElevationMetres: 30);

    [Fact]
    public void TheSampleIsReadInDegreesAndMillimetres()
    {
        var read = GhcnFile.Read(new StringReader(Samples.Text("ghcn-by-year.csv")));

        Assert.Equal((0, 0), (read.FailedQuality, read.Unreadable));
        Assert.Equal(10, read.Days.Count);
        var day = read.Days.Single(d => d.Source == "AEM00041194" && d.Day.Year == 2021);
        Assert.Equal((26.6, 17.8, 21.7, 0.0), (day.MaximumCelsius, day.MinimumCelsius, day.MeanCelsius, day.PrecipitationMillimetres));
        Assert.Equal(25.0, read.Days.Single(d => d.Source == "AE000041196" && d.Day.Year == 2013).MaximumCelsius);
        Assert.Equal(3, GhcnFile.Read(new StringReader(Samples.Text("ghcn-by-year.csv")), "AEM00041194").Days.Concat(
            GhcnFile.Read(new StringReader(Samples.Text("ghcn-by-year.csv")), "AEM00041217").Days).Count());
    }

    [Fact]
    public void TheSampleJoinsByStationAndDay()
    {
        const long Day = 86_400_000;
        var days = GhcnFile.Read(new StringReader(Samples.Text("ghcn-by-year.csv"))).Days;
        var stations = days.Select(d => d.Source).Distinct().ToArray();
        var weather = days.Select(d => new Row(Array.IndexOf(stations, d.Source), At(d.Day), d.MaximumCelsius)).ToArray();
        var readings = days
            .SelectMany(
                d => new[] { -1, 0, Day / 2, Day - 1, Day }, (d, ms) => new Row(Array.IndexOf(stations, d.Source), At(d.Day) + ms, null))
            .ToArray();
        var oneDay = TimeSpan.FromMilliseconds(Day - 60_000);

        var joined = Rows.Ours(readings, weather, oneDay);

        Assert.Equal(joined, Rows.BySql(IotGateway.Cloud.Join.JoinSql.DuckDb, readings, weather, oneDay));
        Assert.Equal(joined, Rows.BySql(IotGateway.Cloud.Join.JoinSql.Athena, readings, weather, oneDay));
        var at = Array.FindIndex(
            readings, r => r.Station == Array.IndexOf(stations, "AEM00041194") && r.Time == At(new DateOnly(2021, 1, 1)) + Day / 2);
        Assert.Equal((At(new DateOnly(2021, 1, 1)), 26.6), joined[at]);
    }

    [Fact]
    public void FailedChecksAndUnreadableLinesAreCountedNotUsed()
    {
        var read = GhcnFile.Read(new StringReader("""
            ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME
            USW00014742,20210701,TMAX,311,,,W,2400
            USW00014742,20210701,TMIN,999,,X,W,2400
            USW00014742,20210701,TAVG,9990,,,W,2400
            USW00014742,20210701,PRCP,-9999,,,W,2400
            USW00014742,20210701,WT01,1,,,W,
            <html>busy</html>
            USW00014742,20211301,TMAX,311,,,W,2400
            """));

        Assert.Equal((2, 2), (read.FailedQuality, read.Unreadable));
        Assert.StartsWith("line 7 is '<html>busy</html>'; expected station,", read.FirstUnreadable, StringComparison.Ordinal);
        Assert.Equal(new DayWeather(new DateOnly(2021, 7, 1), "USW00014742") { MaximumCelsius = 31.1 }, Assert.Single(read.Days));
    }

    [Fact]
    public async Task TheNearestStationWithDataGivesItsDaysAndTheyStandAStart()
    {
        await using var server = await StartAsync();
        server.Answers["/ghcnd-stations.txt"] = Body(Stations, "text/plain");
        server.Answers["/csv/by_station/CA007025250.csv"] = Body(
            "CA007025250,20210630,TMAX,301,,,C,\nCA007025250,20210630,TMIN,180,,,C,\n"
            + "CA007025250,20210630,PRCP,12,,,C,\nCA007025250,19500630,TMAX,1,,,C,\n", "text/csv");
        using var folder = new TempFolder();
        using var http = WeatherLine.Client();
        var (time, book) = (new JumpingTime(Now), new DayRegistry());
        var refresh = Refresh(server, http, time, book, folder);

        await refresh.RefreshDueAsync(default);

        var day = Assert.Single(book.For("montreal"));
        Assert.Equal(new DailyFeatures(new DateOnly(2021, 6, 30), 14.05, true, false, false), DailyFeatures.Of(day, DayLimits.Default));
        var state = Assert.Single(refresh.States);
        Assert.Equal(
            (WeatherCondition.Fresh, "CA007025250", 6.0), (state.Condition, state.Points[0].Name, state.Points[0].AboveSiteMetres));
        Assert.InRange(state.Points[0].DistanceKilometres, 12, 13);
        Assert.Equal(
            ["/ghcnd-stations.txt", "/csv/by_station/CA007024745.csv", "/csv/by_station/CA007025250.csv"],
            server.Asked.Select(a => a.Path));

        server.Answers.Clear();
        var after = new DayRegistry();
        var again = Refresh(server, http, time, after, folder);
        await again.RefreshDueAsync(default);
        Assert.Equal([day], after.For("montreal"));
        Assert.Equal(3, server.Asked.Count);
        time.Advance(TimeSpan.FromDays(2));
        await again.RefreshDueAsync(default);
        Assert.Equal([day], after.For("montreal"));
        Assert.Equal((WeatherFault.Refused, 1), (again.States[0].LastError!.Fault, again.States[0].FailuresInARow));
    }

    [Theory]
    [InlineData("<html></html>", WeatherFault.WrongShape)]
    [InlineData("CA007025250,20210630,TMAX,301,,,C,\n", WeatherFault.NoData)]
    [InlineData("US1NYSL0001,20210630,TMAX,301,,,C,\n", WeatherFault.WrongPlace)]
    internal void AFileThatIsNotTheStationsIsAFailure(string text, WeatherFault fault) => Assert.Equal(
        fault,
        Assert.Throws<WeatherException>(() => GhcnDailyProvider.ReadStation(
            Montreal, "CA007025250", Encoding.ASCII.GetBytes(text), default)).Failure.Fault);

    [Fact]
    public void AListThatIsNoneIsAFailure() => Assert.Equal(
        WeatherFault.WrongShape,
        Assert.Throws<WeatherException>(() => GhcnDailyProvider.ReadStations(
            Montreal, "<html>something that is long enough to be a line</html>"u8)).Failure.Fault);

    private static DailyRefresh Refresh(
        ProviderServer server, HttpClient http, JumpingTime time, DayRegistry book, TempFolder folder) => new(
        new GhcnDailyProvider(new WeatherLine(http, time, () => 0), server.Address), [Montreal], book, folder.Path, 800, time,
        NullLogger<DailyRefresh>.Instance);

    private static long At(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
