using IotGateway.Cloud.Data;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using ParquetSharp;

namespace IotGateway.Cloud.Lake;

/// <summary>One hour of the curated lake: Parquet, zstd, sorted by device, metric and time.</summary>
internal static class CuratedFile
{
    private static readonly Column[] Columns =
    [
        new Column<string>("device"),
        new Column<string>("metric"),
        new Column<DateTime>("time", LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Millis)),
        new Column<double>("value"),
        new Column<string>("unit"),
        new Column<int>("quality"),
        new Column<string?>("hive"),
        new Column<string?>("site"),
    ];

    /// <summary>Writes an hour's file whole, in place of the one before it.</summary>
    public static void Write(string path, IReadOnlyList<(Series Series, IReadOnlyList<Observation> Observations)> hour, Apiary apiary)
    {
        var rows = hour.SelectMany(s => s.Observations.Select(o => (s.Series, Hive: apiary.Find(s.Series.Device), Observation: o))).ToArray();
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        var temporary = DurableFile.Temporary(path);
        using (var properties = Properties())
        using (var writer = new ParquetFileWriter(temporary, Columns, properties))
        {
            using (var group = writer.AppendRowGroup())
            {
                Put(group, rows, r => r.Series.Device.ToString());
                Put(group, rows, r => r.Series.Metric);
                Put(group, rows, r => r.Observation.Time.UtcDateTime);
                Put(group, rows, r => r.Observation.Value);
                Put(group, rows, r => r.Series.Unit);
                Put(group, rows, r => (int)r.Observation.Quality);
                Put(group, rows, r => r.Hive?.Id);
                Put(group, rows, r => r.Hive?.Site.Id);
            }

            writer.Close();
        }

        DurableFile.Publish(temporary, path);
    }

    private static WriterProperties Properties()
    {
        using var builder = new WriterPropertiesBuilder();
        return builder
            .Compression(Compression.Zstd)
            .SortingColumns([new WriterProperties.SortingColumn(0), new WriterProperties.SortingColumn(1), new WriterProperties.SortingColumn(2)])
            .Build();
    }

    private static void Put<TRow, T>(RowGroupWriter group, TRow[] rows, Func<TRow, T> value)
    {
        using var column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch(Array.ConvertAll(rows, r => value(r)));
    }
}
