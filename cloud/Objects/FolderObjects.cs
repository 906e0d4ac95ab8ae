using System.Runtime.CompilerServices;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Objects;

/// <summary>
/// Objects as files below a folder, each written beside its place and moved into it. For one process; two may read. What lies there under a
/// name that is no key, or leads in a circle, is named once and left alone.
/// </summary>
internal sealed class FolderObjects(string folder, ILogger<FolderObjects>? log = null) : IObjectStore
{
    private const int MostNamed = 1000;

    private readonly HashSet<string> _strays = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetFullPath(folder);
    private readonly Lock _gate = new();

    public Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var path = PathOf(key);
        return Task.FromResult(!File.Exists(path) && WriteNew(path, bytes.Span));
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Write(key, bytes.Span);
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<byte[]?>(OrdinaryFile.Read(PathOf(key)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<byte[]?>(null);
        }
    }

    public async IAsyncEnumerable<LakeObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var found in Walk(new DirectoryInfo(_folder), "", prefix))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    public Task<bool> KeepsVersionsAsync(CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Path of an object, for a library that writes or reads files.</summary>
    public string PathOf(string key) => Path.Combine(_folder, ObjectKey.Checked(key));

    /// <summary>A folder sorts as its name with the slash, so that the order is that of whole keys.</summary>
    private IEnumerable<LakeObject> Walk(DirectoryInfo place, string above, string prefix)
    {
        if (!place.Exists)
            yield break;

        foreach (var (key, entry) in place.EnumerateFileSystemInfos().Where(e => e.Name[0] != '.').Where(IsOurs)
            .Select(e => (Key: above + e.Name + (e is DirectoryInfo ? "/" : ""), e)).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo below)
            {
                if (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal))
                {
                    foreach (var found in Walk(below, key, prefix))
                        yield return found;
                }
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new LakeObject(key, ((FileInfo)entry).Length);
            }
        }
    }

    private bool IsOurs(FileSystemInfo entry)
    {
        if (ObjectKey.IsPart(entry.Name) && (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || LeadsElsewhere(entry)))
            return true;
        lock (_gate)
        {
            if (_strays.Count >= MostNamed || !_strays.Add(entry.FullName))
                return false;
        }

        log?.StrayName(entry.FullName);
        return false;
    }

    /// <summary>True for a link to something that is there and does not hold the link itself.</summary>
    private static bool LeadsElsewhere(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target
                && !$"{link.FullName}/".StartsWith($"{Path.TrimEndingDirectorySeparator(target.FullName)}/", StringComparison.Ordinal);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            return false; // links in a circle, or to where nobody may look
        }
    }

    /// <summary>Of several writers one succeeds.</summary>
    private bool WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        var place = Path.GetDirectoryName(path)!;
        DurableFile.CreateFolder(place);
        var temporary = Path.Combine(place, $".{Guid.NewGuid():N}.tmp");
        DurableFile.WriteUnsynced(temporary, bytes, stamp: null);
        lock (_gate)
        {
            if (File.Exists(path))
            {
                File.Delete(temporary);
                return false;
            }

            File.Move(temporary, path);
        }

        DurableFile.SyncFolder(place);
        return true;
    }

    private void Write(string key, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(key);
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, bytes);
    }
}
