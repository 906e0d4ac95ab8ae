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

    /// <summary>Readings held at once, of all objects mended together; what is more is written into batches first.</summary>
    private const int MaxHeld = 250_000;

    private readonly Manifests _manifests = new(store);

    /// <summary>The tables' files that were made from some objects, by the object's key.</summary>
    public async Task<IReadOnlyDictionary<string, List<ManifestFile>>> FilesAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var files = keys.ToDictionary(k => k, _ => new List<ManifestFile>(), StringComparer.Ordinal);

        // A partition that cannot be read has nothing to give; it is named by who makes it.
        await foreach (var manifest in _manifests.NewestOfAllAsync(_ => { }, cancellation))
        {
            foreach (var key in manifest.Sources.Select(RawSource.KeyOf).Distinct(StringComparer.Ordinal).Where(files.ContainsKey))
                files[key].AddRange(manifest.Files);
        }

        return files;
    }

    /// <summary>Mends a few objects, which are in memory together.</summary>
    /// <param name="files">The tables' files, by key.</param>
    /// <param name="keys">The objects.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By key, the object as it is now and how many readings came back; those that no partition knows are not in it.</returns>
    public async Task<IReadOnlyDictionary<string, (RawNote Note, int Readings)>> MendAsync(
        IReadOnlyDictionary<string, List<ManifestFile>> files, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var found = keys.Select(k => new Found(k)).ToList();
        var held = 0;
        foreach (var file in keys.SelectMany(k => files[k]).DistinctBy(f => f.Key, StringComparer.Ordinal).ToList())
        {
            var wanted = found.Where(f => files[f.Key].Exists(o => o.Key == file.Key)).ToList();
            try
            {
                await foreach (var row in new CuratedReader(store).RowsAsync(file, cancellation))
                {
                    held += wanted.Count(f => f.Take(row));
                    if (held < MaxHeld)
                        continue;
                    found.ForEach(f => f.Pack());
                    held = 0;
                }
            }
            catch (InvalidDataException)
            {
                // A file that cannot be read has nothing to give; it is named by who makes it.
            }
        }

        var mended = new Dictionary<string, (RawNote, int)>(StringComparer.Ordinal);
        foreach (var each in found.Where(f => f.Readings > 0))
            mended[each.Key] = (await WriteAsync(each, cancellation), each.Readings);
        return mended;
    }

    private async Task<RawNote> WriteAsync(Found found, CancellationToken cancellation)
    {
        var output = new ArrayBufferWriter<byte>();
        var whole = await store.GetAsync(found.Key, cancellation) is { } bytes ? RawFrames.ReadAll(bytes, out _) : [];
        foreach (var batch in whole.Concat(found.Pack()).OrderBy(b => b.Received))
            RawFrames.Write(output, batch);
        await store.PutAsync(found.Key, output.WrittenMemory, cancellation);
        return RawNote.Of(found.Key, output.WrittenSpan);
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

    /// <summary>Readings of an object that were found in the tables.</summary>
    private sealed class Found(string key)
    {
        private readonly string _gateway = RawSource.GatewayOf(key);
        private readonly (DateTimeOffset Begin, DateTimeOffset End)? _span = RawObjects.Span(key);
        private readonly List<RawBatch> _batches = [];
        private readonly List<CuratedReading> _rows = [];

        public string Key => key;

        public int Readings { get; private set; }

        /// <summary>Takes a row; false when it is not this object's. A file has whole microseconds.</summary>
        public bool Take(CuratedReading row)
        {
            if (_span is not var (begin, end) || row.Gateway != _gateway || Readings >= MaxReadings
                || row.Received < begin.AddMicroseconds(-1) || row.Received > end)
                return false;
            _rows.Add(row);
            Readings++;
            return true;
        }

        /// <summary>Writes what was taken into batches, all of which it returns.</summary>
        public List<RawBatch> Pack()
        {
            var (stream, range) = NamesOf(key);
            _batches.AddRange(_rows.GroupBy(r => r.Received).SelectMany(g => g.Chunk(ReadingsABatch)).Select(chunk => new RawBatch(
                _gateway, stream, range, chunk[0].Received,
                Redaction.Written(
                    new Batch(_gateway, stream, range.First, range.Last, chunk[0].Received, "unknown", [], []),
                    [.. chunk.Select(r => new Reading(
                        DeviceId.Parse(r.Device), r.Metric, r.Time, r.Value, r.Unit, r.Quality, Reading.ToMilliseconds(r.Received)))],
                    "mended"))));
            _rows.Clear();
            return _batches;
        }
    }
}
