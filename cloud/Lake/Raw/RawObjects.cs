using System.Globalization;
using System.Runtime.CompilerServices;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// The record: every batch exactly as received, in objects <c>raw/received=DATE/gateway=NAME/stream=ID/FIRST-LAST.BEGIN-END.raw</c>.
/// A key follows from what is in the object, so writing it twice is harmless. BEGIN and END are when its first and last batch
/// were received, UTC, in ticks of 100 ns since year 1 as hexadecimal digits; DATE is the day of the first.
/// </summary>
internal sealed class RawObjects(IObjectStore store)
{
    public const string Prefix = "raw/";

    /// <summary>The stream in the key of an object that holds batches of many streams.</summary>
    public const string ManyStreams = "many";

    private const int AboutHead = 256;
    private const string DayMark = "received=";
    private const string Ending = ".raw";

    /// <summary>Writes batches of one gateway's stream as one object; durable once it returns.</summary>
    /// <param name="batches">In the order of arrival; at least one.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when the object was there already.</returns>
    public Task<bool> PutAsync(IReadOnlyList<RawBatch> batches, CancellationToken cancellation)
    {
        var made = new RawObject(batches[0], batches[0].Stream, batches.Sum(b => b.Bytes.Length + AboutHead));
        foreach (var batch in batches)
            made.Add(batch);
        return PutAsync(made, cancellation);
    }

    /// <summary>Writes an object, which is used up; durable once it returns.</summary>
    /// <param name="made">The object.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when the object was there already.</returns>
    public async Task<bool> PutAsync(RawObject made, CancellationToken cancellation)
    {
        var isNew = await store.PutNewAsync(made.Key, made.Bytes, cancellation);

        // Not when it failed or was given up: a request on its way may still read them.
        made.Return();
        return isNew;
    }

    /// <summary>The keys of one day's objects, ascending.</summary>
    public IAsyncEnumerable<LakeObject> ListAsync(DateOnly received, CancellationToken cancellation) =>
        store.ListAsync(DayPrefix(received), cancellation).Where(o => DayOf(o.Key) is not null);

    /// <summary>The keys of all objects, ascending: by day, gateway, stream and sequence. What has another name is none of ours.</summary>
    public IAsyncEnumerable<LakeObject> ListAsync(CancellationToken cancellation) =>
        store.ListAsync($"{Prefix}{DayMark}", cancellation).Where(o => DayOf(o.Key) is not null);

    /// <summary>Beginning of the keys of a day's objects.</summary>
    public static string DayPrefix(DateOnly received) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DayMark}{received:yyyy-MM-dd}/");

    /// <summary>The day of a raw object's key; null for a key that is none.</summary>
    public static DateOnly? DayOf(string key) =>
        key.StartsWith($"{Prefix}{DayMark}", StringComparison.Ordinal) && key.EndsWith(Ending, StringComparison.Ordinal)
        && key.Split('/') is [_, var day, ..] parts && parts.Length > 2
        && DateOnly.TryParseExact(
            day[DayMark.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found)
            ? found
            : null;

    /// <summary>
    /// Batches received at or after <paramref name="from"/>, in the order of arrival; only objects that overlap are held at once.
    /// </summary>
    /// <param name="from">The earliest arrival.</param>
    /// <param name="damaged">Told the keys of objects that hold unreadable stretches.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<RawBatch> InOrderAsync(
        DateTimeOffset from, Action<string> damaged, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var waiting = new PriorityQueue<RawBatch, DateTimeOffset>();
        await foreach (var (key, begin) in ByArrivalAsync(from, cancellation))
        {
            while (waiting.TryPeek(out _, out var next) && next < begin)
                yield return waiting.Dequeue();
            if (await ReadAsync(key, cancellation) is not { } found)
                continue;
            if (found.Damaged > 0)
                damaged(key);
            waiting.EnqueueRange(found.Batches.Where(b => b.Received >= from).Select(b => (b, b.Received)));
        }

        while (waiting.TryDequeue(out var batch, out _))
            yield return batch;
    }

    /// <summary>Times of arrival of an object's first and last batch; null for a key that is none of a raw object.</summary>
    public static (DateTimeOffset Begin, DateTimeOffset End)? Span(string key) =>
        key.Split('/')[^1].Split('.') is [_, var span, "raw"] && span.Split('-') is [var begin, var end] && Time(begin) is { } first
            && Time(end) is { } last
            ? (first, last)
            : null;

    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    /// <summary>An object's batches and how many stretches of it are damaged; null when there is no such object.</summary>
    public async Task<(IReadOnlyList<RawBatch> Batches, int Damaged)?> ReadAsync(string key, CancellationToken cancellation)
    {
        if (await store.GetAsync(key, cancellation) is not { } bytes)
            return null;
        var batches = RawFrames.ReadAll(bytes, out var damaged);
        return (batches, damaged);
    }

    private async IAsyncEnumerable<(string Key, DateTimeOffset Begin)> ByArrivalAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var day = new List<(string Key, DateTimeOffset Begin)>();
        var name = "";
        await foreach (var found in ListAsync(cancellation))
        {
            if (Span(found.Key) is not var (begin, end) || end < since)
                continue;
            var of = found.Key.Split('/')[1];
            if (of != name)
            {
                foreach (var each in day.OrderBy(o => o.Begin))
                    yield return each;
                day.Clear();
                name = of;
            }

            day.Add((found.Key, begin));
        }

        foreach (var each in day.OrderBy(o => o.Begin))
            yield return each;
    }
}
