using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Writer of a segment's batches as raw objects, one for each gateway's stream, or one for all streams of a gateway that has many: however
/// the batches are spread, they take no more memory than the segment, and a gateway costs a bounded number of files.
/// </summary>
internal sealed class SegmentObjects(IObjectStore store, RawLedger ledger)
{
    private const int MostStreams = 64;

    /// <summary>Writes them; all are durable, and in the ledger, once it returns.</summary>
    /// <returns>How many stretches of the segment are unreadable, and the objects that were there already and damaged.</returns>
    public async Task<(int Damaged, IReadOnlyList<string> Mended)> WriteAsync(LogSegment segment, CancellationToken cancellation)
    {
        var sizes = new Dictionary<(string Gateway, string Stream), int>();
        segment.Read((batch, frame) => sizes[(batch.Gateway, batch.Stream)] = sizes.GetValueOrDefault((batch.Gateway, batch.Stream))
            + frame.Length);
        var many = sizes.Keys.CountBy(k => k.Gateway).Where(g => g.Value > MostStreams).Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        var whole = sizes.GroupBy(s => PlaceOf(s.Key, many)).ToDictionary(g => g.Key, g => g.Sum(s => s.Value));

        var objects = new Dictionary<(string Gateway, string Stream), RawObject>();
        var damaged = segment.Read((batch, frame) =>
        {
            var place = PlaceOf((batch.Gateway, batch.Stream), many);
            if (!objects.TryGetValue(place, out var made))
                objects.Add(place, made = new RawObject(batch, place.Stream, whole.GetValueOrDefault(place)));
            made.Add(batch, frame.Span);
        });

        var (notes, mended) = (new List<RawNote>(), new List<string>());
        foreach (var made in objects.Values)
        {
            notes.Add(RawNote.Of(made.Key, made.Bytes.Span));
            if (!await store.PutNewAsync(made.Key, made.Bytes, cancellation)
                && !(await store.GetAsync(made.Key, cancellation)).AsSpan().SequenceEqual(made.Bytes.Span))
            {
                // Its key follows from its content: what stands there was damaged since.
                await store.PutAsync(made.Key, made.Bytes, cancellation);
                mended.Add(made.Key);
            }
        }

        ledger.Add(notes);

        // Not when it failed or was given up: a request on its way may still read them.
        foreach (var made in objects.Values)
            made.Return();
        return (damaged, mended);
    }

    private static (string Gateway, string Stream) PlaceOf((string Gateway, string Stream) of, HashSet<string> many) =>
        many.Contains(of.Gateway) ? (of.Gateway, RawObjects.ManyStreams) : of;
}
