namespace IotGateway.Cloud.Join;

/// <summary>The join as statements of SQL, the same rows as <see cref="AsOfJoin"/>.</summary>
internal static class JoinSql
{
    /// <summary>For DuckDB, by its ASOF join.</summary>
    public static string DuckDb { get; } = Read("asof-duckdb.sql");

    /// <summary>For Athena; DuckDB understands it too.</summary>
    public static string Athena { get; } = Read("asof-athena.sql");

    private static string Read(string name)
    {
        using var stream = typeof(JoinSql).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
