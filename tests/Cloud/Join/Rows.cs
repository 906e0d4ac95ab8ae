using System.Globalization;
using DuckDB.NET.Data;
using IotGateway.Cloud.Join;

namespace IotGateway.Cloud.Tests.Join;

internal sealed record Row(int Station, long Time, double? Temperature);

/// <summary>Readings joined in three ways: by us, and by each of the SQL files run on DuckDB. Times are milliseconds since 1970.</summary>
internal static class Rows
{
    /// <summary>A reading's weather: its time and temperature; null when there is none.</summary>
    public static (long Time, double? Temperature)?[] Ours(IReadOnlyList<Row> readings, IReadOnlyList<Row> weather, TimeSpan maxAge)
    {
        var known = weather.Where(w => w.Temperature is not null).ToArray();
        var hours = new StationHours(Array.ConvertAll(known, w => w.Station), Array.ConvertAll(known, w => w.Time), 8);
        var rows = new int[readings.Count];
        AsOfJoin.Rows(hours, readings.Select(r => r.Station).ToArray(), readings.Select(r => r.Time).ToArray(), maxAge, rows);
        return Array.ConvertAll<int, (long, double?)?>(rows, r => r < 0 ? null : (known[r].Time, known[r].Temperature));
    }

    public static (long Time, double? Temperature)?[] BySql(
        string sql, IReadOnlyList<Row> readings, IReadOnlyList<Row> weather, TimeSpan maxAge)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        Execute(duck, "CREATE TABLE readings(id BIGINT, station INTEGER, time TIMESTAMP, value DOUBLE)");
        Execute(duck, """
            CREATE TABLE weather(station INTEGER, time TIMESTAMP, issued TIMESTAMP, temperature_celsius DOUBLE, humidity_percent DOUBLE,
              wind_kilometres_per_hour DOUBLE, precipitation_millimetres DOUBLE)
            """);
        using (var appender = duck.CreateAppender("readings"))
        {
            for (var i = 0; i < readings.Count; i++)
                appender
                    .CreateRow()
                    .AppendValue((long)i)
                    .AppendValue(readings[i].Station)
                    .AppendValue(Stamp(readings[i].Time))
                    .AppendValue((double)i)
                    .EndRow();
        }

        using (var appender = duck.CreateAppender("weather"))
        {
            for (var i = 0; i < weather.Count; i++)
            {
                appender.CreateRow().AppendValue(weather[i].Station).AppendValue(Stamp(weather[i].Time)).AppendValue(Stamp(i * 1000L))
                    .AppendValue(weather[i].Temperature).AppendNullValue().AppendNullValue().AppendNullValue().EndRow();
            }
        }

        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new DuckDBParameter((int)maxAge.TotalMinutes));
        var joined = new (long, double?)?[readings.Count];
        var count = 0;
        using var reader = command.ExecuteReader();
        for (; reader.Read(); count++)
        {
            var id = reader.GetInt64(reader.GetOrdinal("id"));
            Assert.Equal(
                Stamp(readings[(int)id].Time).ToString("O", CultureInfo.InvariantCulture),
                reader.GetDateTime(reader.GetOrdinal("time")).ToString("O", CultureInfo.InvariantCulture));
            joined[id] = reader.IsDBNull(reader.GetOrdinal("weather_time"))
                ? null
                : (
                    Milliseconds(reader.GetDateTime(reader.GetOrdinal("weather_time"))),
                    reader.GetDouble(reader.GetOrdinal("temperature_celsius")));
        }

        Assert.Equal(readings.Count, count);
        return joined;
    }

    private static DateTime Stamp(long milliseconds) =>
        DateTime.SpecifyKind(DateTime.UnixEpoch.AddMilliseconds(milliseconds), DateTimeKind.Unspecified);

    private static long Milliseconds(DateTime time) =>
        (long)(DateTime.SpecifyKind(time, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds;

    private static void Execute(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
