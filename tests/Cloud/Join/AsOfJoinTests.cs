using CsCheck;
using IotGateway.Cloud.Join;
using IotGateway.Cloud.Tests.Weather;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers.Recorded;

namespace IotGateway.Cloud.Tests.Join;

public sealed class AsOfJoinTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    /// <summary>
    /// Gaps, several rows in an hour, repeated times, rows without a value, stations without rows, readings in any order, before 1970 too.
    /// </summary>
    private static readonly Gen<(Row[] Readings, Row[] Weather)> Some = Gen.Select(
        Gen.Select(Gen.Int[-1, 5], Gen.OneOf(Gen.Long[-15, 33].Select(h => h * 60), Gen.Long[-900, 2000])).Array[0, 40],
        Gen.Select(
            Gen.Int[0, 4], Gen.OneOf(Gen.Long[-15, 30].Select(h => h * 60), Gen.Long[-900, 1800]),
            Gen.Frequency((4, Gen.Double[-20, 35].Select(t => (double?)t)), (1, Gen.Const((double?)null)))).Array[0, 40],
        (readings, weather) => (
            readings.Select(r => new Row(r.Item1, r.Item2 * Minute, null)).ToArray(),
            weather.Select(w => new Row(w.Item1, w.Item2 * Minute, w.Item3)).ToArray()));

    [Fact]
    public void EachReadingHasTheLatestWeatherAtOrBeforeItWithinTheAge() => Some.Sample(
        s => Assert.Equal(
            s.Readings.Select(r => s.Weather.Index()
                .Where(w => w.Item.Temperature is not null && w.Item.Station == r.Station && w.Item.Time <= r.Time
                    && r.Time - w.Item.Time <= 2 * Hour)
                .OrderBy(w => w.Item.Time)
                    .ThenBy(w => w.Index)
                    .Select(w => ((long, double?)?)(w.Item.Time, w.Item.Temperature))
                    .LastOrDefault()),
            Rows.Ours(s.Readings, s.Weather, TwoHours)),
        iter: 20_000);

    [Theory]
    [InlineData("duckdb")]
    [InlineData("athena")]
    public void TheSqlGivesTheSameRows(string engine) => Some.Sample(
        s => Assert.Equal(Rows.Ours(s.Readings, s.Weather, TwoHours), Rows.BySql(Sql(engine), s.Readings, s.Weather, TwoHours)), iter: 60,
        threads: 1);

    [Theory]
    [InlineData("duckdb")]
    [InlineData("athena")]
    public void OfTwoRowsForOneHourTheLaterIssuedCounts(string engine)
    {
        Row[] weather = [new(0, Hour, 1), new(0, Hour, 2), new(0, 0, 3), new(0, 0, null)];
        Row[] readings = [new(0, Hour + 1, null), new(0, 1, null)];

        Assert.Equal([(Hour, 2.0), (0, 3.0)], Rows.Ours(readings, weather, TwoHours));
        Assert.Equal([(Hour, 2.0), (0, 3.0)], Rows.BySql(Sql(engine), readings, weather, TwoHours));
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("athena")]
    public void AYearWithGapsAndClockChangesJoinsTheSame(string engine)
    {
        var year =
            RecordedWeather.Read(
                "montreal", new RecordedWeatherOptions { File = Recording.Path, UtcOffsetHours = -5, Attribution = "ECCC" })
                .Range(new DateTimeOffset(2021, 10, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2022, 10, 1, 0, 0, 0, TimeSpan.Zero))
                    .ToArray();
        var weather = Array.ConvertAll(year, h => new Row(3, h.Time.ToUnixTimeMilliseconds(), h.TemperatureCelsius));
        var readings = Enumerable.Range(0, 50_000).Select(i => new Row(3, weather[0].Time + i * 11L * Minute + 7, null)).ToArray();

        var joined = Rows.Ours(readings, weather, TwoHours);

        Assert.Equal(joined, Rows.BySql(Sql(engine), readings, weather, TwoHours));
        var series = new WeatherSeries("year", "", year);
        Assert.Equal(
            readings.Select(r => series.AsOf(DateTimeOffset.FromUnixTimeMilliseconds(r.Time))?.Time.ToUnixTimeMilliseconds()),
            joined.Select(j => j?.Time));
        Assert.InRange(joined.Count(j => j is null), 200, 20_000);
    }

    [Theory]
    [InlineData("2021-11-07T05:30:00Z", "2021-11-07T05:00:00Z")] // 01:30 in Montreal, the first time
    [InlineData("2021-11-07T06:30:00Z", "2021-11-07T06:00:00Z")] // 01:30 in Montreal, the second time
    [InlineData("2022-03-13T07:30:00Z", "2022-03-13T07:00:00Z")] // 03:30, after the hour that is not there
    public void TheHoursOfAClockChangeKeepTheirOwnWeather(string reading, string weather)
    {
        var series = RecordedWeather.Read(
            "montreal", new RecordedWeatherOptions { File = Recording.Path, UtcOffsetHours = -5, Attribution = "ECCC" });
        var rows = series
            .Range(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue)
            .ToArray()
            .Select(h => new Row(0, h.Time.ToUnixTimeMilliseconds(), h.TemperatureCelsius))
            .ToArray();

        var joined = Rows.Ours([new Row(0, At(reading), null)], rows, TwoHours);

        Assert.Equal(At(weather), joined[0]!.Value.Time);
    }

    [Fact]
    public void ManyReadingsInSeveralBlocksAreAllJoined()
    {
        var weather = Enumerable.Range(0, 400).Where(h => h % 9 != 0).Select(h => new Row(h % 2, h * Hour, h)).ToArray();
        var readings = Enumerable.Range(0, 400_000).Select(i => new Row(i % 2, i * 3571L % (400 * Hour), null)).ToArray();

        var joined = Rows.Ours(readings, weather, TimeSpan.FromHours(3));

        for (var i = 0; i < readings.Length; i += 997)
            Assert.Equal(
                weather.LastOrDefault(w => w.Station == readings[i].Station && w.Time <= readings[i].Time
                    && readings[i].Time - w.Time <= 3 * Hour)?.Time, joined[i]?.Time);
    }

    [Fact]
    public void AColumnIsTakenWithWhatStandsForMissing()
    {
        var into = new double[3];
        AsOfJoin.Take<double>(new[] { 1.5, 2.5 }, new[] { 1, StationHours.None, 0 }, double.NaN, into);
        Assert.Equal([2.5, double.NaN, 1.5], into);
    }

    [Theory]
    [InlineData(9, 0, "row 1 has station 9; expected 0 to 7")]
    [InlineData(0, long.MaxValue, "row 1 has time 9223372036854775807; expected")]
    [InlineData(0, long.MinValue, "row 1 has time -9223372036854775808; expected")]
    public void WeatherThatCannotBeIsNamedByItsRow(int station, long time, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => new StationHours([0, station], [0, time], 8)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(4_102_444_800_000)]
    public void AReadingOfAnImpossibleTimeHasNoWeather(long time) =>
        Assert.Null(Rows.Ours([new Row(0, time, null)], [new Row(0, 0, 1)], TwoHours)[0]);

    private static string Sql(string engine) => engine == "athena" ? JoinSql.Athena : JoinSql.DuckDb;

    private static long At(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
