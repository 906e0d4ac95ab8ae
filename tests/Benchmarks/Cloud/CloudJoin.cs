using System.Diagnostics;
using DuckDB.NET.Data;
using IotGateway.Benchmarks.Measures;
using IotGateway.Cloud.Join;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// The hourly as-of join of 10 million readings with 100 stations whose weather has gaps, against DuckDB's ASOF join. Both begin with
/// their data in memory (arrays, an in-memory table) and end with the joined columns in memory; the building of our index is counted.
/// Ours is taken twice: into new arrays each time, which the system must first give, and into arrays that the caller keeps, as one
/// does who joins partition after partition. Every row of the two outputs is compared first.
/// </summary>
internal static class CloudJoin
{
    private const int Stations = 100;
    private const int Hours = 365 * 24;
    private static readonly DateTimeOffset Start = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(3);

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var readings = quick ? 1_000_000 : 10_000_000;
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        Tables(duck, readings);
        var weather = Weather(duck);
        var (station, time) = Readings(duck, readings);

        var kept = Joined.Of(readings);
        Join(station, time, weather, kept);
        Asof(duck);
        Compare(duck, readings, kept, weather);

        double Rate(Action join)
        {
            var start = Stopwatch.GetTimestamp();
            join();
            return readings / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var figures = Rounds.Medians(
            quick ? 3 : 5,
            () => Rate(() => Join(station, time, weather, Joined.Of(readings))),
            () => Rate(() => Join(station, time, weather, kept)),
            () => Rate(() => Asof(duck)));
        var what = $"hourly as-of join, {readings / 1_000_000} M readings, {Stations} stations with gaps";
        return
        [
            new Ratio(what + ", into new arrays", figures[0], "DuckDB ASOF", figures[2], "readings/s", 3),
            new Ratio(what + ", into kept arrays", figures[1], "DuckDB ASOF", figures[2], "readings/s", 3),
        ];
    }

    private static void Join(int[] station, long[] time, WeatherTable weather, Joined into)
    {
        AsOfJoin.Rows(new StationHours(weather.Station, weather.Time, Stations), station, time, MaxAge, into.Rows);
        AsOfJoin.Take<long>(weather.Time, into.Rows, long.MinValue, into.Time);
        AsOfJoin.Take<double>(weather.Temperature, into.Rows, double.NaN, into.Temperature);
        AsOfJoin.Take<double>(weather.Humidity, into.Rows, double.NaN, into.Humidity);
        AsOfJoin.Take<double>(weather.Precipitation, into.Rows, double.NaN, into.Precipitation);
    }

    private static void Asof(DuckDBConnection duck) => Execute(duck, $"""
        CREATE OR REPLACE TABLE joined AS
        SELECT r.id,
          CASE WHEN r.time - w.time <= {MaxAge.TotalMilliseconds} THEN w.time END AS weather_time,
          CASE WHEN r.time - w.time <= {MaxAge.TotalMilliseconds} THEN w.temperature END AS temperature,
          CASE WHEN r.time - w.time <= {MaxAge.TotalMilliseconds} THEN w.humidity END AS humidity,
          CASE WHEN r.time - w.time <= {MaxAge.TotalMilliseconds} THEN w.precipitation END AS precipitation
        FROM readings r ASOF LEFT JOIN weather w ON r.station = w.station AND r.time >= w.time
        """);

    /// <summary>
    /// Readings come in the order in which a fleet sends them, each up to ten minutes out of it; one hour in twelve has no weather, and
    /// each station is silent for half a day each month.
    /// </summary>
    private static void Tables(DuckDBConnection duck, int readings)
    {
        var start = Start.ToUnixTimeMilliseconds();
        Execute(duck, $"""
            CREATE TABLE readings AS
            SELECT CAST(i AS INTEGER) AS id, CAST((i * 7919) % {Stations} AS INTEGER) AS station,
              {start} + (i * {Hours}) // {readings} * 3600000 + (i * 48271) % 4200000 AS time
            FROM range({readings}) t(i);
            CREATE TABLE weather AS
            SELECT CAST(k // {Hours} AS INTEGER) AS station, {start} + (k % {Hours}) * 3600000 AS time,
              ((k * 48271) % 400 - 100) / 10.0::DOUBLE AS temperature,
              ((k * 69621) % 1000) / 10.0::DOUBLE AS humidity, ((k * 16807) % 50) / 10.0::DOUBLE AS precipitation
            FROM range({Stations * Hours}) t(k)
            WHERE (k * 2654435761) % 997 >= 83 AND (k % {Hours} + k // {Hours} * 37) % 720 >= 12
            """);
    }

    private static WeatherTable Weather(DuckDBConnection duck)
    {
        var count = (int)(long)Scalar(duck, "SELECT count(*) FROM weather");
        var table = new WeatherTable(new int[count], new long[count], new double[count], new double[count], new double[count]);
        using var reader = Query(duck, "SELECT station, time, temperature, humidity, precipitation FROM weather ORDER BY station, time");
        for (var i = 0; reader.Read(); i++)
            (table.Station[i], table.Time[i], table.Temperature[i], table.Humidity[i], table.Precipitation[i]) = (
                reader.GetInt32(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4));
        return table;
    }

    private static (int[] Station, long[] Time) Readings(DuckDBConnection duck, int readings)
    {
        var (station, time) = (new int[readings], new long[readings]);
        using var reader = Query(duck, "SELECT id, station, time FROM readings");
        while (reader.Read())
            (station[reader.GetInt32(0)], time[reader.GetInt32(0)]) = (reader.GetInt32(1), reader.GetInt64(2));
        return (station, time);
    }

    private static void Compare(DuckDBConnection duck, int readings, Joined ours, WeatherTable weather)
    {
        var (rows, without) = (0, 0);
        using var reader = Query(duck, "SELECT id, weather_time, temperature, humidity, precipitation FROM joined");
        while (reader.Read())
        {
            var id = reader.GetInt32(0);
            var none = reader.IsDBNull(1);
            var same = none
                ? ours.Time[id] == long.MinValue && double.IsNaN(ours.Temperature[id])
                : (ours.Time[id], ours.Temperature[id], ours.Humidity[id], ours.Precipitation[id])
                    == (reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4));
            if (!same)
                throw new InvalidOperationException($"Reading {id} is joined otherwise than by DuckDB.");
            rows++;
            without += none ? 1 : 0;
        }

        if (rows != readings)
            throw new InvalidOperationException($"DuckDB joined {rows} readings; expected {readings}.");
        Console.Error.WriteLine(
            $"join: {rows:N0} readings with {weather.Time.Length:N0} weather rows are the same in both, {without:N0} of them without "
                + $"weather");
    }

    private static void Execute(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object Scalar(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static DuckDBDataReader Query(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }

    private sealed record WeatherTable(int[] Station, long[] Time, double[] Temperature, double[] Humidity, double[] Precipitation);

    private sealed record Joined(int[] Rows, long[] Time, double[] Temperature, double[] Humidity, double[] Precipitation)
    {
        public static Joined Of(int length) => new(
            GC.AllocateUninitializedArray<int>(length), GC.AllocateUninitializedArray<long>(length),
            GC.AllocateUninitializedArray<double>(length),
            GC.AllocateUninitializedArray<double>(length), GC.AllocateUninitializedArray<double>(length));
    }
}
