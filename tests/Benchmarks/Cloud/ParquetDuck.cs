using System.Text;
using DuckDB.NET.Data;
using IotGateway.Cloud.Lake.Curated.Tables;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>DuckDB as it would be used for the same: rows by its appender, then COPY to Parquet with zstd.</summary>
internal static class ParquetDuck
{
    public static void Write(string folder, ParquetBlock block, int blocks)
    {
        var file = Path.Combine(folder, "duck.parquet");
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            Run(
                connection,
                "CREATE TABLE readings(device VARCHAR, metric VARCHAR, time TIMESTAMP, value DOUBLE, unit VARCHAR, quality INTEGER, "
                    + "received TIMESTAMP, gateway VARCHAR, hive VARCHAR, site VARCHAR)");
            using (var appender = connection.CreateAppender("readings"))
            {
                for (var b = 0; b < blocks; b++)
                    Append(appender, block.Sorted);
            }

            Run(connection, $"COPY readings TO '{file}' (FORMAT parquet, COMPRESSION zstd)");
        }

        File.Delete(file);
    }

    private static void Append(DuckDBAppender appender, CuratedRow[] rows)
    {
        CuratedSeries? series = null;
        string device = "", metric = "", unit = "", hive = "", site = "", gateway = "";
        foreach (ref readonly var r in rows.AsSpan())
        {
            if (r.Series != series)
            {
                series = r.Series;
                (device, metric, unit) = (Text(series.Device), Text(series.Metric), Text(series.Unit));
                (hive, site, gateway) = (Text(series.Hive!), Text(series.Site!), Text(r.Gateway));
            }

            appender.CreateRow()
                .AppendValue(device)
                    .AppendValue(metric)
                    .AppendValue(DateTime.UnixEpoch.AddMilliseconds(r.Time))
                    .AppendValue(r.Value)
                    .AppendValue(unit)
                .AppendValue(r.Quality)
                    .AppendValue(DateTime.UnixEpoch.AddTicks(r.Received))
                    .AppendValue(gateway)
                    .AppendValue(hive)
                    .AppendValue(site)
                    .EndRow();
        }
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
