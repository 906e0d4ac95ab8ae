using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// Files of a certificate for whoever asked for it: written as him, since the folder is his and not the service's.
/// </summary>
internal static class OutFolder
{
    /// <exception cref="FormatException">A file stands in the way; nothing was written.</exception>
    public static void Write(string folder, params (string Name, byte[] Content)[] files) => FolderOwner.AsCaller(() =>
    {
        DurableFile.CreateFolder(Path.GetFullPath(folder));
        foreach (var (name, _) in files)
        {
            if (Path.Exists(Path.Combine(folder, name)))
                throw new FormatException($"--out is '{folder}', where {name} exists; expected a folder without it.");
        }

        foreach (var (name, content) in files)
            DurableFile.Write(Path.Combine(folder, name), content);
    });
}
