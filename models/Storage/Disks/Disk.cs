namespace IotGateway.Storage.Disks;

/// <summary>A folder on a disk: the one place where a store meets it, and where tests put a disk that fails.</summary>
public abstract class Disk : IDisposable
{
    /// <summary>Bytes that may still be written to this disk.</summary>
    public abstract long FreeBytes { get; }

    /// <summary>Opens a file for reading and writing, made with mode 0600 when absent.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <returns>The file, to be closed by the caller.</returns>
    public abstract DiskFile Open(string name);

    /// <summary>Is there a file of this name?</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <returns>True if there is.</returns>
    public abstract bool Exists(string name);

    /// <summary>Renames a file; an existing target is replaced.</summary>
    /// <param name="from">Its name.</param>
    /// <param name="to">Its name from then on.</param>
    public abstract void Move(string from, string to);

    /// <summary>Deletes a file, if there is one.</summary>
    /// <param name="name">Its name in the folder.</param>
    public abstract void Delete(string name);

    /// <summary>The names of all files.</summary>
    /// <returns>Names, in any order.</returns>
    public abstract IReadOnlyList<string> List();

    /// <summary>Makes names (created, moved, deleted) durable.</summary>
    public abstract void SyncNames();

    /// <summary>Lets go of the folder.</summary>
    public abstract void Dispose();
}
