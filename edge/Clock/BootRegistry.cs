using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Clock;

/// <summary>Decision about one run of the machine.</summary>
/// <param name="Boot">The run.</param>
/// <param name="Zero">When its monotonic clock stood at zero; null when that never became known and its readings go out as
/// estimated.</param>
/// <param name="FutureSeconds">
/// Seconds by which a device's clock may be ahead before its time is not believed, as they were at the decision: a batch that is sent
/// again must have the same times again.
/// </param>
internal sealed record BootRecord(
    [property: JsonPropertyName("boot")] string Boot,
    [property: JsonPropertyName("zero")] DateTimeOffset? Zero,
    [property: JsonPropertyName("futureSeconds")] int FutureSeconds = BootRecord.UsualFutureSeconds)
{
    /// <summary>The limit where none was set.</summary>
    public const int UsualFutureSeconds = 300;
}

/// <summary>
/// Registry, durable, of how each run of the machine was timed. A run is decided once and before anything of it goes out: a batch that is
/// sent again, even after a restart, then has the same times again, and the cloud knows it for the same.
/// </summary>
internal sealed class BootRegistry
{
    /// <summary>Runs remembered; a buffer that holds readings of an older one sends them as estimated.</summary>
    private const int Kept = 256;

    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly List<BootRecord> _boots;

    public BootRegistry(string folder)
    {
        DurableFile.CreateFolder(folder);
        _file = Path.Combine(folder, "boots.json");
        _boots = Load();
    }

    /// <summary>The decision about a run; null when there is none.</summary>
    public BootRecord? Find(string boot)
    {
        lock (_gate)
            return _boots.Find(b => b.Boot == boot);
    }

    /// <summary>Decides about a run, unless that was done; answers the decision that holds. Durable when it returns.</summary>
    public BootRecord Decide(BootRecord decision)
    {
        lock (_gate)
        {
            if (_boots.Find(b => b.Boot == decision.Boot) is { } earlier)
                return earlier;
            var next = _boots.Append(decision).TakeLast(Kept).ToArray();
            DurableFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(next, ClockJson.Default.BootRecordArray));
            _boots.Clear();
            _boots.AddRange(next);
            return decision;
        }
    }

    /// <summary>A run of long before this build was timed by a program of that time.</summary>
    private static bool CanBe(DateTimeOffset zero) => zero > DateTimeOffset.UnixEpoch && zero <= Calendar.End;

    private List<BootRecord> Load()
    {
        if (!File.Exists(_file))
            return [];
        try
        {
            // A beginning that cannot be was told by a witness that was believed wrongly: better none, to be decided anew.
            return
            [
                .. (JsonSerializer.Deserialize(OrdinaryFile.Read(_file), ClockJson.Default.BootRecordArray) ?? [])
                    .Where(b => b is { Boot: not null } && (b.Zero is not { } zero || CanBe(zero))).TakeLast(Kept),
            ];
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            // Written whole or not at all, so this is a damaged disk or a file that is not ours; nothing but the repair of old times is
            // lost with it.
            return [];
        }
    }
}

[JsonSerializable(typeof(BootRecord[]))]
internal sealed partial class ClockJson : JsonSerializerContext;
