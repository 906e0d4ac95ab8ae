using System.Globalization;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>Messages that were not taken and are kept for someone to look at: objects, or files of the process.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="prefix">What their keys begin with.</param>
internal sealed class Refused(IObjectStore store, string prefix) : IErasable
{
    public string Name => prefix.Length > 0 ? "refused objects" : "refused files";

    public async Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var found = default(Found);
        await foreach (var (key, _) in store.ListAsync(prefix, cancellation))
        {
            var names = await store.GetAsync(key, cancellation) is { } bytes && Traces.Name(bytes, devices);
            if (names && delete)
                await store.DeleteAsync(key, cancellation);
            progress(found = new Found(found.Entries + (names ? 1 : 0), found.Holders + (names ? 1 : 0), found.Searched + 1));
        }

        return found;
    }

    /// <summary>What came before a day, and is deleted when told to.</summary>
    public async IAsyncEnumerable<string> BeforeAsync(DateOnly day, bool delete, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (key, _) in store.ListAsync(prefix, cancellation))
        {
            if (!(DayOf(key) < day))
                continue;
            if (delete)
                await store.DeleteAsync(key, cancellation);
            yield return key;
        }
    }

    /// <summary><c>refused/received=2021-07-01/…</c>, or a file's <c>20210701T…</c>.</summary>
    private DateOnly? DayOf(string key)
    {
        var text = key[prefix.Length..].Replace("received=", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return text.Length > 8 && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
