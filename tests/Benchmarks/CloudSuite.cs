namespace IotGateway.Benchmarks;

/// <summary>The cloud's bars: ingest and the hot store beside PostgreSQL and InfluxDB, the curated lake beside ParquetSharp and DuckDB, the join beside DuckDB.</summary>
internal static class CloudSuite
{
    public static Task<IReadOnlyList<Ratio>> Run(bool quick) => In(async (folder, ratios) =>
    {
        await CloudIngest.Run(Path.Combine(folder, "ingest"), quick, ratios);
        ratios.AddRange(CloudParquet.Run(quick));
        ratios.AddRange(CloudJoin.Run(quick));
        await CloudQueries.Run(Path.Combine(folder, "queries"), quick, ratios);
    });

    /// <summary>The first part alone.</summary>
    public static Task<IReadOnlyList<Ratio>> Ingest(bool quick) => In((folder, ratios) => CloudIngest.Run(Path.Combine(folder, "ingest"), quick, ratios));

    private static async Task<IReadOnlyList<Ratio>> In(Func<string, List<Ratio>, Task> run)
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
