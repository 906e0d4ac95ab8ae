using System.Runtime.InteropServices;

namespace IotGateway.Cloud.Operations;

/// <summary>
/// Giver back of memory after a busy time. Where little is allocated little is collected, so a process that rests would keep for days what
/// a flood of readings made it take: garbage, pooled arrays, freed native memory.
/// </summary>
internal sealed partial class MemoryAtRest(TimeProvider time) : BackgroundService
{
    /// <summary>Time between two looks; at rest is what allocates meanwhile less than a part of the most that it did.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private const int Part = 8;

    /// <summary>Less within that time is no busy time: not worth the pause.</summary>
    private const long Busy = 64 * 1024 * 1024;

    private long _most;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = GC.GetTotalAllocatedBytes();
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (IsAtRest(now - last))
                GiveBack();
            last = now;
        }
    }

    /// <summary>Notes what was allocated since the last time.</summary>
    /// <returns>True once after a busy time.</returns>
    private bool IsAtRest(long allocated)
    {
        _most = Math.Max(_most, allocated);
        if (_most < Busy || allocated > _most / Part)
            return false;
        _most = 0;
        return true;
    }

    /// <summary>Collects all, compacts it, and gives to the system what is left, native memory included.</summary>
    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out _))
            _ = TrimNative(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimNative(nint keep);
}
