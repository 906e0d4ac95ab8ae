using System.Globalization;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Ingest.Quarantine;

/// <summary>
/// Quarantine of batches that cannot be read, as received, for someone to look at: time, gateway and reason in the name; the oldest go when
/// there are too many.
/// </summary>
internal sealed class QuarantineFolder(string folder, TimeProvider time)
{
    /// <summary>At most this many are kept, each at most as large as a frame: 256 MB at the worst.</summary>
    public const int MaxFiles = 1_000;

    /// <summary>
    /// Files of one gateway in a minute: each is written and synced where messages are received, and takes an older one's place.
    /// </summary>
    public const int MaxAMinute = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Minute, int Kept)> _kept = new(StringComparer.Ordinal);
    private Queue<string>? _files;
    private long _number;

    /// <returns>False when its gateway had as many kept as a minute allows.</returns>
    public bool Keep(string gateway, string reason, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var minute = now.Ticks / TimeSpan.TicksPerMinute;
            var kept = _kept.TryGetValue(gateway, out var before) && before.Minute == minute ? before.Kept : 0;
            if (kept >= MaxAMinute)
                return false;
            _kept[gateway] = (minute, kept + 1);
            if (_files is null)
            {
                DurableFile.CreateFolder(folder);
                _files = new Queue<string>(
                    Directory.EnumerateFiles(folder, "*.bin").Where(f => IsOurs(Path.GetFileName(f))).Order(StringComparer.Ordinal));
            }

            var name = string.Create(
                CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmss'.'fff}-{_number++:D6}-{gateway}-{reason}.bin");
            var path = Path.Combine(folder, name);
            DurableFile.Write(path, message);
            _files.Enqueue(path);
            while (_files.Count > MaxFiles)
                File.Delete(_files.Dequeue());
            return true;
        }
    }

    /// <summary>True for a name that begins as we give them; another file is someone's and stays.</summary>
    private static bool IsOurs(string name) =>
        name.Length > 19 && name[8] == 'T' && name.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9') is false;
}
