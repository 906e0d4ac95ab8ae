using System.Globalization;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest.Quarantine;

/// <summary>Messages in quarantine, objects or files of the process, for erasure and retention.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="prefix">What their keys begin with; empty for files.</param>
/// <param name="fromQueue">Whether messages come by a queue, which holds some that no search reaches.</param>
internal sealed class QuarantineErasure(IObjectStore store, string prefix, bool fromQueue) : IErasable, IRetained
{
    public string Name => prefix.Length > 0 ? "quarantined objects" : "quarantined files";

    public string Noun => "quarantined messages";

    public string Word => "quarantine";

    public Origins Origin => Origins.Remains;

    public IReadOnlyList<string> NotCovered => fromQueue
        ? ["messages that still wait in the queue, its dead letters or the rule's errors: they are stored when they are taken"]
        : [];

    public async Task<Found> SearchAsync(
        IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var found = default(Found);
        await foreach (var (key, _) in store.ListAsync(prefix, cancellation))
        {
            var names = await store.GetAsync(key, cancellation) is { } bytes && Traces.Name(bytes, devices);
            if (names && delete)
                await store.DeleteAsync(key, cancellation);
            progress(found += new Found(names ? 1 : 0, names ? 1 : 0, 1));
        }

        return found;
    }

    public async Task<(long Gone, long Stay)> LetGoAsync(
        DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation)
    {
        var (gone, first) = (0L, DateOnly.FromDateTime(before.UtcDateTime));
        await foreach (var (key, _) in store.ListAsync(prefix, cancellation))
        {
            if (!(DayOf(key) < first))
                continue;
            if (apply)
                await store.DeleteAsync(key, cancellation);
            list(key);
            gone++;
        }

        return (gone, 0);
    }

    /// <summary><c>quarantine/received=2021-07-01/…</c>, or a file's <c>20210701T…</c>.</summary>
    private DateOnly? DayOf(string key)
    {
        var text = key[prefix.Length..].Replace("received=", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return text.Length > 8
            && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
