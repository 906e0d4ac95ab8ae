namespace IotGateway.Benchmarks;

/// <summary>The cloud's bars: ingest and the hot store beside PostgreSQL and InfluxDB.</summary>
internal static class CloudSuite
{
    public static async Task<IReadOnlyList<Ratio>> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("cloud-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            await CloudIngest.Run(Path.Combine(folder, "ingest"), quick, ratios);
            await CloudQueries.Run(Path.Combine(folder, "queries"), quick, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
