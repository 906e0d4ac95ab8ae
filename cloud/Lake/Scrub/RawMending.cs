using System.Buffers;
using System.Globalization;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Retention;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>
/// Mending of raw objects from the curated lake: what of one is whole stays, and the readings that partitions have from it come back in
/// batches that say <c>"mended": true</c>. Sequences, envelopes and repeats as received are lost; no reading is that the tables have.
/// </summary>
internal sealed class RawMending(IObjectStore store)
{
    private const string StreamMark = "stream=";
    private const int ReadingsABatch = 1000;

    /// <summary>Readings put back into an object; what is beyond was not this object's alone.</summary>
    private const int MaxReadings = 1_000_000;

    private readonly Manifests _manifests = new(store);

    /// <summary>Mends objects.</summary>
    /// <returns>By key, the object as it is now and how many readings came back; those that no partition knows are not in it.</returns>
    public async Task<IReadOnlyDictionary<string, (RawNote Note, int Readings)>> MendAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var found = keys.ToDictionary(k => k, _ => new List<CuratedReading>(), StringComparer.Ordinal);
        foreach (var (partition, versions) in (await _manifests.AllAsync(null, cancellation)).Values)
        {
            try
            {
                if (await _manifests.ReadAsync(partition, versions[^1], cancellation) is { } manifest)
                    await FindAsync(manifest, found, cancellation);
            }
            catch (InvalidDataException)
            {
                // A partition that cannot be read has nothing to give; it is named by who makes it.
            }
        }

        var mended = new Dictionary<string, (RawNote, int)>(StringComparer.Ordinal);
        foreach (var (key, readings) in found.Where(f => f.Value.Count > 0))
            mended[key] = (await WriteAsync(key, readings, cancellation), readings.Count);
        return mended;
    }

    private async Task FindAsync(Manifest manifest, Dictionary<string, List<CuratedReading>> found, CancellationToken cancellation)
    {
        var wanted = manifest.Sources.Select(RawSource.KeyOf).Distinct(StringComparer.Ordinal).Where(found.ContainsKey)
            .Select(k => (Key: k, Gateway: RawSource.GatewayOf(k), Span: RawObjects.Span(k))).Where(k => k.Span is not null).ToList();
        foreach (var file in wanted.Count > 0 ? manifest.Files : [])
        {
            await foreach (var row in new CuratedReader(store).RowsAsync(file, cancellation))
            {
                // A file has whole microseconds.
                foreach (var (key, _, _) in wanted.Where(w => w.Gateway == row.Gateway && found[w.Key].Count < MaxReadings
                    && row.Received >= w.Span!.Value.Begin.AddMicroseconds(-1) && row.Received <= w.Span.Value.End))
                    found[key].Add(row);
            }
        }
    }

    private async Task<RawNote> WriteAsync(string key, List<CuratedReading> rows, CancellationToken cancellation)
    {
        var output = new ArrayBufferWriter<byte>();
        var whole = await store.GetAsync(key, cancellation) is { } bytes ? RawFrames.ReadAll(bytes, out _) : [];
        var (stream, range) = NamesOf(key);
        var back = rows.GroupBy(r => r.Received).SelectMany(g => g.Chunk(ReadingsABatch)).Select(chunk => new RawBatch(
            RawSource.GatewayOf(key), stream, range, chunk[0].Received,
            Redaction.Written(
                new Batch(RawSource.GatewayOf(key), stream, range.First, range.Last, chunk[0].Received, "unknown", [], []),
                [.. chunk.Select(r => new Reading(
                    DeviceId.Parse(r.Device), r.Metric, r.Time, r.Value, r.Unit, r.Quality, Reading.ToMilliseconds(r.Received)))],
                "mended")));
        foreach (var batch in whole.Concat(back).OrderBy(b => b.Received))
            RawFrames.Write(output, batch);
        await store.PutAsync(key, output.WrittenMemory, cancellation);
        return RawNote.Of(key, output.WrittenSpan);
    }

    /// <summary>Stream and sequences in a key.</summary>
    private static (string Stream, SequenceRange Range) NamesOf(string key)
    {
        var parts = key.Split('/');
        var stream = parts.FirstOrDefault(p => p.StartsWith(StreamMark, StringComparison.Ordinal))?[StreamMark.Length..];
        var range = parts[^1].Split('.')[0].Split('-') is [var first, var last] && Number(first) is { } f && Number(last) is { } l
            ? new SequenceRange(f, l)
            : default;
        return (stream ?? RawObjects.ManyStreams, range.IsValid ? range : new SequenceRange(1, 1));
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
