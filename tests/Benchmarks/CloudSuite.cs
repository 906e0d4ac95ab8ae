namespace IotGateway.Benchmarks;

/// <summary>The cloud's bars: ingest and the hot store beside PostgreSQL and InfluxDB, the curated lake beside ParquetSharp and DuckDB, the join beside DuckDB.</summary>
internal static class CloudSuite
{
    public static async Task<IReadOnlyList<Ratio>> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("cloud-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            await CloudIngest.Run(Path.Combine(folder, "ingest"), quick, ratios);
            ratios.AddRange(CloudParquet.Run(quick));
            ratios.AddRange(CloudJoin.Run(quick));
            await CloudQueries.Run(Path.Combine(folder, "queries"), quick, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
