using System.Collections.Concurrent;
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

    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Made> _made = new(StringComparer.Ordinal);

    /// <summary>The days before the one of a time, the newest first; empty where no scale ever spoke for the hive.</summary>
    public async Task<IReadOnlyList<HiveDay>> ReadAsync(Subject hive, DateTimeOffset now, CancellationToken cancellation)
    {
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, hive.Site.Zone).DateTime).AddDays(-1);
        if (_made.TryGetValue(hive.Id, out var made) && made.Last == last && time.GetUtcNow() - made.At < Stands)
            return made.Days;
        var days = await weights.DaysAsync(hive, last, Count, now, cancellation);
        _made[hive.Id] = new Made(last, time.GetUtcNow(), days);
        return days;
    }

    private sealed record Made(DateOnly Last, DateTimeOffset At, IReadOnlyList<HiveDay> Days);
}
