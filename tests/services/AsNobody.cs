using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace IotGateway.Tests.Services;

/// <summary>Acts of a user without rights on a disk, though the tests may run as root, who has all of them.</summary>
internal static class AsNobody
{
    private const int Nobody = 65534;

    /// <summary>Runs an act on a thread of its own that opens files as nobody; throws what it throws.</summary>
    public static void Run(Action act)
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            // Of this thread alone, and no other thread continues what it begins.
            var before = setfsuid(Nobody);
            try
            {
                act();
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                _ = setfsuid(before);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setfsuid(int user);
}
