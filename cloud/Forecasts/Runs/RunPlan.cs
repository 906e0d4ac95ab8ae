namespace IotGateway.Cloud.Forecasts.Runs;

/// <summary>Hours that are due next, by what was done and the site's time.</summary>
/// <param name="First">The first hour that is due.</param>
/// <param name="Count">How many hours on end, at least 0.</param>
/// <param name="Skipped">Hours that are left out because the plan would be too far behind.</param>
internal readonly record struct RunPlan(DateTimeOffset First, int Count, long Skipped)
{
    /// <summary>
    /// An hour is due this long after its end, so that devices of a site whose readings travel a little slower are in it.
    /// </summary>
    public static readonly TimeSpan JudgedAfter = TimeSpan.FromMinutes(15);

    /// <summary>Hours done in one step; other subjects have their turn between steps.</summary>
    public const int MostAtOnce = 24;

    /// <summary>Further behind than this, the oldest hours are left out and counted: the longest range the pages show.</summary>
    public const int MostBehind = 31 * 24;

    /// <param name="after">The newest hour done, or the time of what comes first when there is none.</param>
    /// <param name="now">The site's time.</param>
    public static RunPlan After(DateTimeOffset after, DateTimeOffset now)
    {
        var first = Floor(after).AddHours(1);
        var behind = (long)((Floor(now - JudgedAfter) - first).TotalHours + 1);
        if (behind <= 0)
            return new RunPlan(first, 0, 0);
        var skipped = Math.Max(0, behind - MostBehind);
        return new RunPlan(first.AddHours(skipped), (int)Math.Min(behind - skipped, MostAtOnce), skipped);
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
