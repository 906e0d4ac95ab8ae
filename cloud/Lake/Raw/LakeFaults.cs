using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Data;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Faults found in what the lake keeps: parts that are missing or damaged, and whether they could be mended. They outlive the process, so
/// that whoever looks a week later still learns of them.
/// </summary>
internal sealed class LakeFaults(DataFolder data, TimeProvider time, ILogger<LakeFaults> log)
{
    private const int Most = 200;

    /// <summary>A fault that is not found again is told of for so long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private List<LakeFault>? _faults;

    /// <summary>All that is told of, the newest last.</summary>
    public IReadOnlyList<LakeFault> All
    {
        get
        {
            lock (_gate)
                return [.. Known().Where(f => f.At > time.GetUtcNow() - Kept)];
        }
    }

    /// <summary>Tells of a fault, in the log and on the status page.</summary>
    /// <param name="place">Where: a file or an object's key.</param>
    /// <param name="detail">What is wrong with it.</param>
    /// <param name="mended">What was done about it; null when it could not be mended.</param>
    public void Add(string place, string detail, string? mended)
    {
        lock (_gate)
        {
            var known = Known();
            if (known.Exists(f => f.Place == place && f.Detail == detail && f.Mended == mended))
                return;
            known.RemoveAll(f => f.Place == place);
            known.Add(new LakeFault(time.GetUtcNow(), place, detail, mended));
            if (known.Count > Most)
                known.RemoveRange(0, known.Count - Most);
            Write(known);
        }

        if (mended is null)
            log.LakeDamaged(place, detail);
        else
            log.LakeMended(place, detail, mended);
    }

    private void Write(List<LakeFault> known)
    {
        try
        {
            DurableFile.CreateFolder(data.Path);
            DurableFile.Write(data.LakeFaults, JsonSerializer.SerializeToUtf8Bytes([.. known], FaultsJson.Default.LakeFaultArray));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // A full disk must not hide what was found: it is in the log and in memory.
            log.FaultsNotKept(e.Message);
        }
    }

    private List<LakeFault> Known()
    {
        if (_faults is not null)
            return _faults;
        try
        {
            _faults = File.Exists(data.LakeFaults)
                ? [.. (JsonSerializer.Deserialize(File.ReadAllBytes(data.LakeFaults), FaultsJson.Default.LakeFaultArray) ?? [])
                    .Where(f => f is { Place: not null, Detail: not null })]
                : [];
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            _faults = []; // what is still wrong is found again
        }

        return _faults;
    }
}

/// <summary>A part of the lake that is missing or damaged.</summary>
/// <param name="At">When it was found, UTC.</param>
/// <param name="Place">A file or an object's key.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Mended">What was done about it; null when it could not be mended.</param>
internal sealed record LakeFault(DateTimeOffset At, string Place, string Detail, string? Mended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LakeFault[]))]
internal sealed partial class FaultsJson : JsonSerializerContext;
