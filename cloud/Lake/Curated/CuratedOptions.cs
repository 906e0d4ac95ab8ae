using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>The configuration section <c>Curated</c>.</summary>
internal sealed class CuratedOptions
{
    /// <summary>Seconds between two passes over the raw lake. The default value is 5.</summary>
    public int IntervalSeconds { get; set; } = 5;

    /// <summary>
    /// The share of readings whose value cannot be what it claims, 0 to 1, above which a partition is held. The default value is 0.5.
    /// </summary>
    public double FlaggedShareLimit { get; set; } = 0.5;

    /// <summary>Minutes that files of an older version stay for who still reads them. The default value is 30.</summary>
    public int GraceMinutes { get; set; } = 30;

    /// <summary>
    /// Minutes between two looks at the raw objects of all days of arrival; those of the days around today are in every pass. The default
    /// value is 15.
    /// </summary>
    public int AllDaysMinutes { get; set; } = 15;

    /// <summary>
    /// Beginning of the addresses in Athena's lists, followed by an object's key, such as <c>s3://bucket/</c>. The default value is empty:
    /// no lists.
    /// </summary>
    public string SymlinkRoot { get; set; } = "";

    public TimeSpan AllDaysEvery => TimeSpan.FromMinutes(AllDaysMinutes);

    public TimeSpan Grace => TimeSpan.FromMinutes(GraceMinutes);

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static CuratedOptions Read(IConfiguration configuration) =>
        configuration.Read("Curated", s => s.Get<CuratedOptions>(Options.Strict)).Checked();

    public CuratedOptions Checked()
    {
        Options.Check(IntervalSeconds is >= 1 and <= 86_400, "Curated:IntervalSeconds", IntervalSeconds, "1 to 86400");
        Options.Check(FlaggedShareLimit is >= 0 and <= 1, "Curated:FlaggedShareLimit", FlaggedShareLimit, "0 to 1");
        Options.Check(GraceMinutes is >= 1 and <= 10_080, "Curated:GraceMinutes", GraceMinutes, "1 to 10080");
        Options.Check(AllDaysMinutes is >= 1 and <= 10_080, "Curated:AllDaysMinutes", AllDaysMinutes, "1 to 10080");
        Options.Check(
            SymlinkRoot is "" || (SymlinkRoot.StartsWith("s3://", StringComparison.Ordinal) && SymlinkRoot.EndsWith('/')),
            "Curated:SymlinkRoot", SymlinkRoot,
            "nothing, or s3://bucket/ with a slash at its end");
        return this;
    }
}
