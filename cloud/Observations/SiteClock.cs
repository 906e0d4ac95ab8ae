using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// Clock of a site: the real one where readings are measured now, that of the newest reading where they are replayed or drawn.
/// </summary>
internal sealed class SiteClock(Apiary apiary, IObservations store, TimeProvider time)
{
    /// <summary>The site's time, UTC; null while a replayed or drawn site has no reading.</summary>
    public async Task<DateTimeOffset?> NowAsync(Site site, CancellationToken cancellation)
    {
        if (site.Origin == Origin.Live)
            return time.GetUtcNow();

        DateTimeOffset? newest = null;
        foreach (var subject in apiary.Subjects)
        {
            if (subject.Site.Id != site.Id)
                continue;
            foreach (var series in await store.LatestAsync(subject, cancellation))
                newest = newest > series.Latest.Time ? newest : series.Latest.Time;
        }

        return newest;
    }
}
