using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>
/// The last whole days of hives in bees and food, for whoever looks often: a fit takes a while, and a day that is over hardly changes, so
/// one that was made stands for ten minutes.
/// </summary>
internal sealed class LastDays(HiveWeights weights, TimeProvider time)
{
    /// <summary>Days told of a hive.</summary>
    public const int Count = 7;

    private const int MostHives = 1_000;

    private readonly RecentlyMade<IReadOnlyList<HiveDay>> _made = new(TimeSpan.FromMinutes(10), MostHives, time);

    /// <summary>The days before the one of a time, the newest first; empty where no scale ever spoke for the hive.</summary>
    public Task<IReadOnlyList<HiveDay>> ReadAsync(Subject hive, DateTimeOffset now, CancellationToken cancellation)
    {
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, hive.Site.Zone).DateTime).AddDays(-1);
        return _made.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"{hive.Id} {last:O}"),
            () => weights.DaysAsync(hive, last, Count, now, cancellation));
    }
}
