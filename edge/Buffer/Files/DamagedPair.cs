using System.Globalization;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Pages;

namespace IotGateway.Edge.Buffer.Files;

/// <summary>
/// The exchange of a damaged pair of files for a salvaged one, in an order that a crash at any point leaves either to be done again or
/// to be finished: the damaged data file is moved first, and only after the salvaged pair is durable.
/// </summary>
internal static class DamagedPair
{
    public const string Salvaged = "salvage";
    private const string Prefix = "damaged-";
    private const int Kept = 3;

    public static int Count(Disk disk) => Pairs(disk).Count;

    public static string NewName(Disk disk, TimeProvider time)
    {
        var name = Prefix + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 2; disk.Exists(PageStore.DataName(free)); i++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        return free;
    }

    /// <summary>
    /// Moves the damaged pair to another name and the salvaged one to its place; the oldest of more than three damaged pairs goes.
    /// </summary>
    public static void Swap(Disk disk, string live, string name)
    {
        disk.SyncNames();
        foreach (var old in Pairs(disk).SkipLast(Kept - 1))
        {
            disk.Delete(PageStore.DataName(old));
            disk.Delete(PageStore.LogName(old));
        }

        disk.Move(PageStore.DataName(live), PageStore.DataName(name));
        if (disk.Exists(PageStore.LogName(live)))
            disk.Move(PageStore.LogName(live), PageStore.LogName(name));
        disk.Move(PageStore.DataName(Salvaged), PageStore.DataName(live));
        disk.Move(PageStore.LogName(Salvaged), PageStore.LogName(live));
        disk.SyncNames();
    }

    /// <summary>Finishes what a crash interrupted.</summary>
    public static void Finish(Disk disk, string live)
    {
        var (data, log) = (PageStore.DataName(Salvaged), PageStore.LogName(Salvaged));
        if (disk.Exists(data))
        {
            if (disk.Exists(PageStore.DataName(live)))
            {
                // The salvage was not complete: the damaged pair is still in its place and is read again.
                Discard(disk);
                return;
            }

            if (disk.Exists(PageStore.LogName(live)))
                disk.Move(PageStore.LogName(live), PageStore.LogName(Pairs(disk).LastOrDefault() ?? Prefix + "log"));
            disk.Move(data, PageStore.DataName(live));
        }

        if (disk.Exists(log))
            disk.Move(log, PageStore.LogName(live));
        disk.SyncNames();
    }

    public static void Discard(Disk disk)
    {
        disk.Delete(PageStore.DataName(Salvaged));
        disk.Delete(PageStore.LogName(Salvaged));
    }

    private static List<string> Pairs(Disk disk) =>
        [
            .. disk
                .List()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(".db", StringComparison.Ordinal))
                .Select(n => n[..^3])
                .Order(StringComparer.Ordinal),
        ];
}
