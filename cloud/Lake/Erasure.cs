using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake;

/// <summary>
/// Deletes a device's data from the raw lake, the curated lake and the hot store, searches all of them again, and keeps a record of the
/// figures. Nothing else may write meanwhile. An erasure that was cut off is made again.
/// </summary>
internal sealed class Erasure(IObjectStore store, Publisher publisher, IObservations hot, IReadOnlyList<string> otherFolders, TimeProvider time)
{
    public const string Records = "erased/";

    private readonly RawObjects _raw = new(store);
    private readonly Manifests _manifests = new(store);

    /// <summary>Erases a device.</summary>
    /// <returns>The record; <see cref="ErasureRecord.After"/> is nothing when it is complete.</returns>
    public async Task<ErasureRecord> Run(DeviceId device, CancellationToken cancellation)
    {
        var before = await Pass(device, delete: true, cancellation);
        var after = await Pass(device, delete: false, cancellation);
        var record = new ErasureRecord(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device.ToString()))), time.GetUtcNow(), before, after);
        var key = string.Create(CultureInfo.InvariantCulture, $"{Records}{record.At.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{record.DeviceSha256[..12]}.json");
        await store.PutNew(key, JsonSerializer.SerializeToUtf8Bytes(record, CuratedJson.Default.ErasureRecord), cancellation);
        return record;
    }

    private async Task<ErasureCounts> Pass(DeviceId device, bool delete, CancellationToken cancellation)
    {
        // Raw first: were it last, a transform after a crash could bring the device back.
        var (readings, objects) = await Raw(device, delete, cancellation);
        var (rows, files) = await Curated(device, delete, cancellation);
        var observations = await hot.Erase(device, delete, cancellation);
        return new ErasureCounts(readings, objects, rows, files, observations, await Others(device, delete, cancellation));
    }

    private async Task<(long Readings, int Objects)> Raw(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var (readings, objects) = (0L, 0);
        var keys = new List<string>();
        await foreach (var found in _raw.List(cancellation))
            keys.Add(found.Key);
        foreach (var key in keys)
        {
            if (!key.EndsWith(".raw", StringComparison.Ordinal) || await _raw.Read(key, cancellation) is not var (batches, damaged))
                continue;

            var output = new ArrayBufferWriter<byte>();
            var removed = 0;
            foreach (var batch in batches)
            {
                try
                {
                    var (kept, gone) = Redaction.Without(device, batch);
                    RawFrames.Write(output, kept);
                    removed += gone;
                }
                catch (BatchFormatException)
                {
                    // Nothing uses it; one that may hold the device goes with it, one that does not stays as it is.
                    if (Names(batch.Bytes.Span, device))
                        removed++;
                    else
                        RawFrames.Write(output, batch);
                }
            }

            // Damaged stretches of an object that names the device are not written again.
            if (removed == 0 && !(damaged > 0 && Names(await store.Get(key, cancellation), device)))
                continue;
            (readings, objects) = (readings + removed, objects + 1);
            if (delete && output.WrittenCount > 0)
                await store.Put(key, output.WrittenMemory, cancellation);
            else if (delete)
                await store.Delete(key, cancellation);
        }

        return (readings, objects);
    }

    private async Task<(long Rows, int Files)> Curated(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var (rows, files) = (0L, 0);
        if (delete)
        {
            foreach (var (partition, _) in (await _manifests.All(null, cancellation)).Values)
                rows += await publisher.Erase(partition, device.ToString(), cancellation);

            // Older versions go at once: nobody reads while the cloud is stopped.
            await new Sweep(store, publisher, time).Run(TimeSpan.Zero, cancellation);
        }

        var keys = new List<string>();
        await foreach (var found in store.List(Partition.Root, cancellation))
            keys.Add(found.Key);
        foreach (var key in keys.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            // Whatever lies there counts, named by a manifest or not: the search does not trust what the deletion did.
            if (await store.Get(key, cancellation) is not { } bytes || Rows(bytes, device.ToString()) is not (> 0 and var count))
                continue;
            (rows, files) = (rows + count, files + 1);
        }

        return (rows, files);
    }

    private static long Rows(byte[] bytes, string device)
    {
        using var reader = CuratedFileReader.OfAnySchema(bytes, (least, greatest) => string.CompareOrdinal(device, least) >= 0 && string.CompareOrdinal(device, greatest) <= 0);
        var name = CuratedSeries.Bytes(device);
        var count = 0L;
        while (reader.Next(out var row))
            count += row.Series.Device.AsSpan().SequenceEqual(name) ? 1 : 0;
        return count;
    }

    private async Task<int> Others(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var found = 0;
        foreach (var file in otherFolders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f)))
        {
            if (!Names(await File.ReadAllBytesAsync(file, cancellation), device))
                continue;
            found++;
            if (delete)
                File.Delete(file);
        }

        return found;
    }

    /// <summary>Whether bytes, inflated when they are gzip, name the device.</summary>
    private static bool Names(ReadOnlySpan<byte> bytes, DeviceId device)
    {
        var name = Encoding.UTF8.GetBytes(device.ToString());
        if (bytes.IndexOf(name) >= 0)
            return true;
        if (bytes is not [0x1f, 0x8b, ..])
            return false;

        using var plain = new MemoryStream();
        try
        {
            using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(bytes.ToArray(), writable: false), System.IO.Compression.CompressionMode.Decompress);
            var chunk = new byte[16 * 1024];
            for (int n; plain.Length < Batch.MaxInflatedBytes && (n = gzip.Read(chunk)) > 0;)
                plain.Write(chunk, 0, n);
        }
        catch (InvalidDataException)
        {
            // What came before the damage is looked at.
        }

        return plain.GetBuffer().AsSpan(0, (int)plain.Length).IndexOf(name) >= 0;
    }
}
