using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// The folder of keys, open to its owner alone. A command may use it while the cloud runs, so each change takes its turn.
/// </summary>
internal static class PkiFolder
{
    /// <summary>Parts without which it is forgotten who was enrolled, and who was revoked.</summary>
    private static readonly string[] Registers = ["gateways", "revoked"];
    private static readonly string[] Parts = [.. Registers, "claims", "pending", "allowed"];
    private static readonly string[] Secrets = ["ca.key", "server.key"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes what is absent, where it never was.</summary>
    /// <param name="folder">The folder of keys.</param>
    /// <param name="traces">Folders that hold a file only once a gateway was enrolled.</param>
    /// <exception cref="FormatException">It, or a part of it, is missing beside what must have come later, or a secret of it is open to
    /// others.</exception>
    public static void Create(string folder, params string[] traces)
    {
        if (!Directory.Exists(folder))
        {
            if (Array.Find(traces, HoldsFile) is { } trace)
                throw new FormatException(
                    $"The folder of keys '{folder}' is missing, but there are files in '{trace}' from gateways that were enrolled; "
                        + "expected the folder of the same backup, or an empty one to begin with a new authority, by which every "
                        + "gateway is to be enrolled again.");
        }
        else if (File.Exists(Path.Combine(folder, "ca.pem"))
            && Array.Find(Registers, r => !Directory.Exists(Path.Combine(folder, r))) is { } missing)
        {
            throw new FormatException(
                $"The folder '{Path.Combine(folder, missing)}' is missing beside the authority; expected that of the same backup, or an "
                    + "empty one: then nothing is known any more of who was enrolled or revoked.");
        }

        foreach (var secret in Secrets.Select(s => Path.Combine(folder, s)))
        {
            if (SecretFile.Fault(secret) is { } fault)
                throw new FormatException($"The key '{secret}' may have been read or exchanged by others; expected {fault}.");
        }

        foreach (var each in (string[])[folder, .. Parts.Select(p => Path.Combine(folder, p))])
            MakePrivate(each);
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
                return new FileStream(
                    Path.Combine(folder, ".lock"), DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e.IsLocked() && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                wait.SpinOnce();
            }
        }
    }

    private static void MakePrivate(string folder)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, owner);
        if (File.GetUnixFileMode(folder) != owner)
            File.SetUnixFileMode(folder, owner);
    }

    private static bool HoldsFile(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any();
}
