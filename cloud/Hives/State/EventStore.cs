using System.Text.Json;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Events of apiaries as they began, grew and ended: all that stood as of each hour in which that changed, never rewritten.
/// </summary>
internal sealed class EventStore(ITimedDocuments documents, StateStore states, Apiary apiary)
{
    private const string Series = "events";

    /// <summary>Days before which an event that still stands began or grew: nothing is noted while it stays as it is.</summary>
    private const int LongestDays = 92;

    /// <summary>The hour up to which a site's events were looked for at least; null before its first state.</summary>
    public async Task<DateTimeOffset?> DoneAsync(Subject site, CancellationToken cancellation)
    {
        DateTimeOffset? oldest = null;
        foreach (var hive in Hives(site))
        {
            if (await states.NewestAsync(hive, cancellation) is { } newest && !(oldest < newest.AsOf))
                oldest = newest.AsOf;
        }

        // The first states of a run are said in the same round, a day of them at most.
        var before = oldest?.AddHours(-23);
        return await documents.NewestAsync(site.Key, Series, cancellation) is { } last && last.Time > before ? last.Time : before;
    }

    /// <summary>Looks for events among the states said as of hours on end, and keeps each change.</summary>
    /// <returns>How many changes were new.</returns>
    public async Task<int> AddAsync(Subject site, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        var said = new List<(Subject Hive, HiveState State)>();
        foreach (var hive in Hives(site))
        {
            var range = await states.RangeAsync(hive, first, first.AddHours(count), count, cancellation);
            said.AddRange(range.Select(s => (hive, s)));
        }

        var stood = (await documents.RangeAsync(
            site.Key, Series, first.AddDays(-LongestDays), first, int.MaxValue, cancellation)) is [.., var last] ? Read(last).Events : [];
        var changes = new List<TimedDocument>();
        for (var hour = first; hour < first.AddHours(count); hour = hour.AddHours(1))
        {
            EventJson[] events = [.. ApiaryEvent.Of(said.Where(s => s.State.AsOf == hour)).Select(EventJson.Of)];
            if (events.Select(Key).SequenceEqual(stood.Select(Key)))
                continue;
            var concerned = events.Concat(stood).SelectMany(e => e.Hives).ToHashSet(StringComparer.Ordinal);
            changes.Add(new TimedDocument(
                hour, [.. Hives(site).Where(h => concerned.Contains(h.Id)).SelectMany(h => h.Devices).Select(d => d.Device)],
                JsonSerializer.SerializeToUtf8Bytes(new EventsAt(hour, events), StateJson.Default.EventsAt)));
            stood = events;
        }

        return changes.Count == 0 ? 0 : await documents.AddAsync(site.Key, Series, changes, cancellation);
    }

    /// <summary>
    /// Changes with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<EventsAt>> RangeAsync(
        Subject site, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [.. (await documents.RangeAsync(site.Key, Series, from, to, limit, cancellation)).Select(Read)];

    private IEnumerable<Subject> Hives(Subject site) => apiary.Hives.Where(h => h.Site.Id == site.Site.Id);

    private static string Key(EventJson e) => $"{e.Since.UtcTicks} {e.State} {string.Join(' ', e.Hives)}";

    private static EventsAt Read(TimedDocument document) => JsonSerializer.Deserialize(document.Json, StateJson.Default.EventsAt)!;
}
