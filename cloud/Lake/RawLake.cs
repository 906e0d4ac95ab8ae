using System.Globalization;
using System.Security.Cryptography;
using IotGateway.Cloud.Data;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake;

/// <summary>A batch in the raw lake.</summary>
/// <param name="Gateway">Who sent it.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Range">Its sequences.</param>
/// <param name="Stamp">When it arrived; ascending with arrival, no two alike.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsOther">Whether it lies beside another object of the same sequences, told apart by a hash in its name.</param>
internal sealed record RawObject(string Gateway, string Stream, SequenceRange Range, DateTimeOffset Stamp, string Path, bool IsOther);

/// <summary>
/// The record: every batch exactly as received, one file each, <c>gateway=NAME/stream=ID/FIRST-LAST.json[.gz]</c>.
/// A file's modification time is the order of arrival, which decides between two values of one reading; copy the lake with its times.
/// </summary>
internal sealed class RawLake(string folder, TimeProvider time)
{
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <summary>Writes batches; all of them are durable once it returns. Not for several callers at once.</summary>
    public void Write(IReadOnlyCollection<(Batch Batch, ReadOnlyMemory<byte> Bytes)> batches)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (batch, bytes) in batches)
        {
            var place = Path.Combine(folder, $"gateway={batch.Gateway}", $"stream={batch.Stream}");
            DurableFile.CreateFolder(place);
            folders.Add(place);
            var extension = bytes.Span is [0x1f, 0x8b, ..] ? "json.gz" : "json";
            var name = string.Create(CultureInfo.InvariantCulture, $"{batch.First:D12}-{batch.Last:D12}");
            var path = Path.Combine(place, $"{name}.{extension}");
            if (File.Exists(path))
            {
                if (HoldsTheSame(path, batch, bytes.Span))
                    continue;

                // The same sequences with other readings: a gateway that counts wrongly. Neither is lost.
                path = Path.Combine(place, $"{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 6))}.{extension}");
                if (File.Exists(path))
                    continue;
            }

            DurableFile.WriteUnsynced(path, bytes.Span, NextStamp());
        }

        foreach (var each in folders)
            DurableFile.SyncFolder(each);
    }

    /// <summary>All objects, in the order of arrival.</summary>
    public IReadOnlyList<RawObject> Objects()
    {
        var objects = new List<RawObject>();
        if (!Directory.Exists(folder))
            return objects;

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.json*", SearchOption.AllDirectories))
        {
            if (Read(file) is { } found)
                objects.Add(found);
        }

        objects.Sort((a, b) => a.Stamp != b.Stamp ? a.Stamp.CompareTo(b.Stamp) : string.CompareOrdinal(a.Path, b.Path));
        if (objects.Count > 0 && objects[^1].Stamp > _newest)
            _newest = objects[^1].Stamp;
        return objects;
    }

    private static RawObject? Read(FileInfo file)
    {
        var parts = file.Name.Split('.');
        var name = parts[0];
        return name.Length >= 3 && name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            && long.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && file.Directory is { } stream && stream.Name.StartsWith("stream=", StringComparison.Ordinal)
            && stream.Parent is { } gateway && gateway.Name.StartsWith("gateway=", StringComparison.Ordinal)
            ? new RawObject(gateway.Name[8..], stream.Name[7..], new SequenceRange(first, last), new DateTimeOffset(file.LastWriteTimeUtc), file.FullName, parts[1] != "json")
            : null;
    }

    private static bool HoldsTheSame(string path, Batch batch, ReadOnlySpan<byte> bytes)
    {
        var standing = File.ReadAllBytes(path);
        if (bytes.SequenceEqual(standing))
            return true;

        try
        {
            // Sent again, it bears another time of sending; the readings are what counts.
            return Batch.Decode(standing).Readings.AsSpan().SequenceEqual(batch.Readings);
        }
        catch (BatchFormatException)
        {
            // Damaged where it lies: it cannot stand for the batch.
            return false;
        }
    }

    private DateTimeOffset NextStamp()
    {
        var now = time.GetUtcNow();
        _newest = now > _newest ? now : _newest.AddTicks(1);
        return _newest;
    }
}
