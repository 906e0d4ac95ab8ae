using System.Globalization;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>Opens the hot store; one that cannot be used is set aside, to be rebuilt from the raw lake.</summary>
internal sealed class HotStoreFile(string file, TimeProvider time, ILogger<HotStoreFile> log)
{
    private const int MostAside = 3;

    private string SuspectMark => $"{file}.suspect";

    public LiteObservations Open()
    {
        if (File.Exists(SuspectMark))
        {
            SetAside("it failed while it was written");
            File.Delete(SuspectMark);
        }

        LiteObservations? store = null;
        try
        {
            store = new LiteObservations(file, failed: Suspect);
            store.Verify();
            return store;
        }
        catch (Exception e) when (IsTheSystems(e))
        {
            store?.Dispose();
            throw;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or UnauthorizedAccessException))
        {
            // A damaged LiteDB file fails in any way, a null reference among them.
            store?.Dispose();
            SetAside(e.Message);
            return new LiteObservations(file, failed: Suspect);
        }
    }

    /// <summary>Notes that the file may be damaged, for the next start.</summary>
    private void Suspect() => File.WriteAllBytes(SuspectMark, []);

    /// <summary>Moves the file out of the way, kept under a new name; null when there is none.</summary>
    public string? SetAside(string reason)
    {
        if (!File.Exists(file))
            return null;

        var aside = string.Create(CultureInfo.InvariantCulture, $"{file}.{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}.aside");
        File.Move(file, aside);
        var writeAhead = Path.ChangeExtension(file, null) + "-log" + Path.GetExtension(file);
        if (File.Exists(writeAhead))
            File.Move(writeAhead, $"{aside}-log");
        log.HotStoreSetAside(file, reason, aside);

        // The time in their names is their order.
        var all = Directory.EnumerateFiles(Path.GetDirectoryName(aside)!, $"{Path.GetFileName(file)}.*.aside").Order(StringComparer.Ordinal).ToList();
        foreach (var old in all.SkipLast(MostAside))
            Discard(old);
        return aside;
    }

    /// <summary>Whether the system refused to read or write (a full disk, no descriptors left): the file may be whole. One that ends too early is not.</summary>
    private static bool IsTheSystems(Exception e) => e is IOException and not EndOfStreamException;

    /// <summary>Deletes what <see cref="SetAside"/> kept.</summary>
    public static void Discard(string aside)
    {
        File.Delete(aside);
        File.Delete($"{aside}-log");
    }
}
