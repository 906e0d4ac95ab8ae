using System.Runtime.InteropServices;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Clock;

/// <summary>The system's report on its own clock.</summary>
/// <param name="Synchronised">Whether something disciplines it; null where the system cannot say.</param>
/// <param name="MaxError">How far it may be off by the kernel's own bound; null when unknown.</param>
internal readonly record struct ClockReport(bool? Synchronised, TimeSpan? MaxError);

/// <summary>Asks the Linux kernel by adjtimex(2), without changing anything and without any privilege.</summary>
internal static class KernelClock
{
    private const int TimeError = 5;
    private const int StaUnsync = 0x40;

    /// <summary>The state now.</summary>
    public static ClockReport Read()
    {
        if (!OperatingSystem.IsLinux())
            return default;
        var timex = default(Timex);
        var state = adjtimex(ref timex);
        if (state < 0)
            return default;
        return new ClockReport(state != TimeError && (timex.Status & StaUnsync) == 0, TimeSpan.FromMicroseconds(timex.MaxError));
    }

    /// <summary>A name for this run of the machine, the same for every process until it starts again.</summary>
    public static string BootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // Not Linux: each process counts as a run of its own, which only means that less is put right.
            return Guid.NewGuid().ToString();
        }
    }

    [DllImport("libc", EntryPoint = "adjtimex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int adjtimex(ref Timex buffer);

    /// <summary>
    /// <c>struct timex</c> up to what is read here; C's <c>long</c> is as wide as a pointer on Linux. The size leaves room for the rest.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Timex
    {
        public uint Modes;
        public nint Offset;
        public nint Frequency;
        public nint MaxError;
        public nint EstimatedError;
        public int Status;
    }
}
