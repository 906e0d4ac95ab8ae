namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// The folder of keys, open to its owner alone. A command may use it while the cloud runs, so each change takes its turn.
/// </summary>
internal static class PkiFolder
{
    private static readonly string[] Parts = ["gateways", "revoked", "claims", "pending", "allowed"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Create(string folder)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var each in (string[])[folder, .. Parts.Select(p => Path.Combine(folder, p))])
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(each);
            }
            else
            {
                Directory.CreateDirectory(each, owner);
                File.SetUnixFileMode(each, owner);
            }
        }
    }

    /// <exception cref="IOException">Another process held it for ten seconds.</exception>
    public static FileStream Lock(string folder)
    {
        var wait = default(SpinWait);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                wait.SpinOnce();
            }
        }
    }
}
