using System.Globalization;
using System.Text;
using System.Text.Json;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Edge.Objects;

/// <summary>
/// The outbox's files. An object is <c>ID.object</c> (content) and <c>ID.json</c> (sidecar), and it is there when its sidecar is. The
/// order of the writes: content and its name durable, then the sidecar and its name; gone in the reverse order.
/// </summary>
internal sealed class ObjectFiles
{
    private const string Content = ".object";
    private const string Sidecar = ".json";
    private const string Abandoned = ".abandoned";
    private const string Part = ".part";
    private const string Reason = ".reason.txt";

    /// <summary>Bytes of a name in refused; file systems take 255.</summary>
    private const int LongestName = 200;

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder;

    public ObjectFiles(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Refused = Path.Combine(_folder, "refused");
        Directory.CreateDirectory(_folder, OwnerFile | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Refused, OwnerFile | UnixFileMode.UserExecute);
    }

    /// <summary>The folder of what will never be sent, with the reasons.</summary>
    public string Refused { get; }

    public long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>
    /// Reads what a former run left. Content without a sidecar was never acknowledged and is removed; so are half-written files.
    /// </summary>
    public (List<StoredObject> Objects, List<StoredObject> Abandoned, List<(string Id, string Why)> Damaged) Load()
    {
        var objects = new List<StoredObject>();
        var abandoned = new List<StoredObject>();
        var damaged = new List<(string, string)>();
        foreach (var path in Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal).ToArray())
        {
            var id = Path.GetFileNameWithoutExtension(path);
            switch (Path.GetExtension(path))
            {
                case Part:
                    File.Delete(path);
                    break;
                case Content when !File.Exists(PathOf(id, Sidecar)):
                    File.Delete(path);
                    break;
                case Abandoned when TryRead(path) is { } left:
                    abandoned.Add(left);
                    break;
                case Sidecar when TryRead(path) is not { } read || !string.Equals(read.Id, id, StringComparison.Ordinal):
                    damaged.Add((id, "its sidecar cannot be read"));
                    break;
                case Sidecar when TryRead(path) is { } o && SizeOf(id) == o.Bytes:
                    objects.Add(o);
                    break;
                case Sidecar when TryRead(path) is { From: { } from } && SizeOf(id) is null && File.Exists(from):
                    // The crash came before the rename: the drop folder still has it, and it is taken up anew.
                    File.Delete(path);
                    break;
                case Sidecar:
                    damaged.Add(
                        (id, SizeOf(id) is { } bytes
                            ? $"its content is {bytes} bytes, another size than its sidecar says"
                            : "its content is gone"));
                    break;
            }
        }

        DurableFile.SyncFolder(_folder);
        return (objects, abandoned, damaged);
    }

    public FileStream NewPart() => new(Path.Combine(_folder, Guid.NewGuid().ToString("N") + Part), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = OwnerFile,
        BufferSize = 0,
    });

    public FileStream OpenContent(string id) => new(PathOf(id, Content), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>Makes a written part the content of an object, durably.</summary>
    public void Keep(string part, StoredObject o)
    {
        File.Move(part, PathOf(o.Id, Content), overwrite: true);
        DurableFile.SyncFolder(_folder);
        Save(o);
    }

    /// <summary>Makes a file of another folder the content of an object, durably; at no moment is it in neither place.</summary>
    /// <param name="o">The object, with the file's path.</param>
    /// <param name="opened">The same file.</param>
    public void Adopt(StoredObject o, SafeFileHandle opened)
    {
        Save(o);
        File.Move(o.From!, PathOf(o.Id, Content), overwrite: true);
        DurableFile.SyncData(opened);
        DurableFile.SyncFolder(_folder);
        DurableFile.SyncFolder(Path.GetDirectoryName(o.From!)!);
    }

    /// <summary>Writes the sidecar, durably.</summary>
    public void Save(StoredObject o) => Write(PathOf(o.Id, Sidecar), o);

    public void Remove(string id)
    {
        File.Delete(PathOf(id, Sidecar));
        DurableFile.SyncFolder(_folder);
        File.Delete(PathOf(id, Content));
    }

    /// <summary>Remembers that the object's upload is to be aborted.</summary>
    public void Abandon(StoredObject o) => Write(PathOf(o.Id, Abandoned), o);

    public void Forget(StoredObject abandoned) => File.Delete(PathOf(abandoned.Id, Abandoned));

    /// <summary>Moves an object's files to those refused.</summary>
    public void Refuse(string id, string reason, DateTimeOffset at)
    {
        foreach (var (i, path) in new[] { PathOf(id, Content), PathOf(id, Sidecar) }.Where(File.Exists).Index())
            SetAside(path, i == 0 ? reason : null, at);
        DurableFile.SyncFolder(_folder);
    }

    /// <summary>Moves any file to those refused, with the reason beside it.</summary>
    public void RefuseFile(string path, string reason, DateTimeOffset at) => SetAside(path, reason, at);

    /// <summary>The same for a file whose name is no text or too long: it gets one that can be read.</summary>
    public void RefuseOdd(string folder, byte[] name, string shown, string reason, DateTimeOffset at)
    {
        var to = PlaceFor(shown, at);
        File.WriteAllText(to + Reason, reason + "\n");
        SharedFolder.Move(folder, name, to);
        DurableFile.SyncFolder(Refused);
    }

    private void SetAside(string path, string? reason, DateTimeOffset at)
    {
        var to = PlaceFor(Path.GetFileName(path), at);
        if (reason is not null)
            File.WriteAllText(to + Reason, reason + "\n");
        File.Move(path, to, overwrite: true);
        DurableFile.SyncFolder(Refused);
    }

    /// <summary>A path that is free, whose name leaves room for the reason's.</summary>
    private string PlaceFor(string name, DateTimeOffset at)
    {
        name = $"{at.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{name}";
        while (Encoding.UTF8.GetByteCount(name) > LongestName)
            name = name[..^1];
        if (name.Length > 0 && char.IsHighSurrogate(name[^1]))
            name = name[..^1];
        var place = Path.Combine(Refused, name);
        for (var i = 2; Path.Exists(place) || Path.Exists(place + Reason); i++)
            place = Path.Combine(Refused, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));
        return place;
    }

    private static StoredObject? TryRead(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(OrdinaryFile.Read(path), SidecarJson.Default.StoredObject);
            if (read is not { IsWhole: true })
                return null;
            read.Label.Check();
            return read;
        }
        catch (Exception e) when (e is JsonException or FormatException || e.IsFromDisk())
        {
            return null;
        }
    }

    private void Write(string path, StoredObject o)
    {
        var part = path + Part;
        using (var file = new FileStream(
            part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerFile }))
        {
            JsonSerializer.Serialize(file, o, SidecarJson.Default.StoredObject);
            file.Flush();
            DurableFile.SyncData(file.SafeFileHandle);
        }

        File.Move(part, path, overwrite: true);
        DurableFile.SyncFolder(_folder);
    }

    private long? SizeOf(string id) => new FileInfo(PathOf(id, Content)) is { Exists: true } file ? file.Length : null;

    private string PathOf(string id, string extension) => Path.Combine(_folder, id + extension);
}
