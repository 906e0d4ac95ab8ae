using IotGateway.Benchmarks.Measures;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// The cloud's bars: ingest and the hot store beside PostgreSQL and InfluxDB, the curated lake beside ParquetSharp and DuckDB, the join
/// beside DuckDB.
/// </summary>
internal static class CloudSuite
{
    public static Task<IReadOnlyList<Ratio>> RunAsync(bool quick) => InAsync(async (folder, ratios) =>
    {
        await CloudIngest.RunAsync(Path.Combine(folder, "ingest"), quick, ratios);
        ratios.AddRange(CloudParquet.Run(quick));
        ratios.AddRange(CloudJoin.Run(quick));
        await CloudQueries.RunAsync(Path.Combine(folder, "queries"), quick, ratios);
    });

    /// <summary>The first part alone.</summary>
    public static Task<IReadOnlyList<Ratio>> IngestAsync(bool quick) =>
        InAsync((folder, ratios) => CloudIngest.RunAsync(Path.Combine(folder, "ingest"), quick, ratios));

    private static async Task<IReadOnlyList<Ratio>> InAsync(Func<string, List<Ratio>, Task> run)
    {
        var folder = Directory.CreateTempSubdirectory("cloud-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            await run(folder, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
