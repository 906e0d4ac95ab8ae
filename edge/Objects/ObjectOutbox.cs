using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Edge.Objects;

/// <summary>The outbox has no room that it may make.</summary>
internal sealed class OutboxFullException(string message) : IOException(message);

/// <summary>The objects that wait in the outbox, counted.</summary>
internal sealed record OutboxState(int Files, long Bytes, long MaxBytes, DateTimeOffset? Oldest, int RefusedFiles, long RefusedBytes);

/// <summary>
/// Keeps what does not fit MQTT until the store has it. Bounded in bytes: to make room, first what was refused goes, oldest first, then
/// the oldest objects that are not urgent, each counted and logged; when that is not enough the new one is refused to its giver.
/// </summary>
internal sealed class ObjectOutbox
{
    private const int ChunkBytes = 1 << 20;
    private readonly ObjectFiles _files;
    private readonly ObjectOptions _options;
    private readonly Counters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly List<StoredObject> _abandoned;
    private readonly Channel<bool> _added =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _bytes;
    private string? _inHand;

    private ObjectOutbox(string folder, ObjectOptions options, Counters counters, TimeProvider time, ILogger log)
    {
        (_files, _options, _counters, _time, _log) = (new ObjectFiles(folder), options, counters, time, log);
        (var objects, _abandoned, var damaged) = _files.Load();
        foreach (var o in objects)
            _objects.Add(o.Id, o);
        _bytes = objects.Sum(o => o.Bytes);
        foreach (var (id, why) in damaged)
        {
            counters.Add("objects.damaged");
            log.ObjectRefused(id, why);
            _files.Refuse(id, why, time.GetUtcNow());
        }
    }

    public OutboxState State
    {
        get
        {
            lock (_gate)
            {
                var refused = RefusedFiles();
                return new OutboxState(
                    _objects.Count, _bytes, _options.MaxBytes, _objects.Count == 0 ? null : _objects.Values.Min(o => o.AddedAt),
                    refused.Count(f => f.Name.EndsWith(".reason.txt", StringComparison.Ordinal)), refused.Sum(f => f.Length));
            }
        }
    }

    /// <summary>Objects whose upload is still to be aborted.</summary>
    public IReadOnlyList<StoredObject> Abandoned
    {
        get
        {
            lock (_gate)
                return [.. _abandoned];
        }
    }

    public static ObjectOutbox Open(string folder, ObjectOptions options, Counters counters, TimeProvider time, ILogger log) =>
        new(folder, options, counters, time, log);

    /// <summary>Takes an object; returns when it would survive a power cut. The same one twice waits once.</summary>
    /// <exception cref="OutboxFullException">There is no room: nothing was kept.</exception>
    /// <exception cref="IOException">The disk refuses it: nothing was kept.</exception>
    public async Task<StoredObject> AddAsync(Stream content, ObjectLabel label, CancellationToken cancellation)
    {
        label.Check();
        var part = "";
        try
        {
            long bytes = 0;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = _files.NewPart())
            {
                part = file.Name;
                var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
                try
                {
                    for (int read;
                        (read = await content.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellation))
                            > 0; bytes += read)
                    {
                        lock (_gate)
                            MakeRoom(bytes + read, read, _files.FreeBytes);
                        hash.AppendData(chunk, 0, read);
                        await file.WriteAsync(chunk.AsMemory(0, read), cancellation);
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(chunk);
                }

                DurableFile.SyncData(file.SafeFileHandle);
            }

            return Keep(Described(label, bytes, hash.GetHashAndReset()), o => _files.Keep(part, o));
        }
        catch (Exception e)
        {
            if (part.Length > 0)
                File.Delete(part);
            if (e.IsFromDisk())
                _counters.Add("objects.not_taken");
            throw;
        }
    }

    /// <summary>Makes sure of room for a file that is to be adopted.</summary>
    /// <exception cref="OutboxFullException">There is none.</exception>
    public void MakeRoomFor(long bytes)
    {
        lock (_gate)
            MakeRoom(bytes, 0, _files.FreeBytes);
    }

    /// <summary>
    /// Takes an open file by renaming it into the outbox; returns when that would survive a power cut. Nobody else may be able to exchange
    /// what its path names.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="file">The same file.</param>
    /// <param name="label">What it is.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OutboxFullException">There is no room: the file stays where it is.</exception>
    /// <exception cref="IOException">
    /// The file or the disk cannot be used, or somebody wrote to it meanwhile: the file stays where it is.
    /// </exception>
    public async Task<StoredObject> AdoptAsync(string path, SafeFileHandle file, ObjectLabel label, CancellationToken cancellation)
    {
        label.Check();
        path = Path.GetFullPath(path);
        var before = FileFacts.Of(file);
        MakeRoomFor(before.Bytes);
        byte[] hash;
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long at = 0;
            for (int read; (read = await RandomAccess.ReadAsync(file, chunk, at, cancellation)) > 0; at += read)
                sum.AppendData(chunk, 0, read);
            hash = sum.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        if (FileFacts.Of(file) is var after && (after.Changed != before.Changed || after.Bytes != before.Bytes))
            throw new IOException("Somebody writes to it.");

        var described = Described(label, before.Bytes, hash) with { From = path };
        lock (_gate)
        {
            if (_objects.TryGetValue(described.Id, out var waits))
            {
                File.Delete(path);
                return waits;
            }
        }

        return Keep(described, o => _files.Adopt(o, file));
    }

    /// <summary>Sets a file aside whose name is no text, or too long.</summary>
    public void RefuseOdd(string folder, byte[] name, string shown, string reason)
    {
        lock (_gate)
            _files.RefuseOdd(folder, name, shown, reason, _time.GetUtcNow());
        _counters.Add("objects.refused");
        _log.ObjectRefused(shown, reason);
    }

    /// <summary>The next to send, marked as in hand; null when nothing waits.</summary>
    public StoredObject? Take(bool newest)
    {
        lock (_gate)
        {
            var next = SendOrder.Next(_objects.Values, newest);
            _inHand = next?.Id;
            return next;
        }
    }

    public void PutBack()
    {
        lock (_gate)
            _inHand = null;
    }

    /// <summary>Does an urgent object wait?</summary>
    public bool UrgentWaits()
    {
        lock (_gate)
            return _objects.Values.Any(o => o.Label.Urgent);
    }

    public FileStream OpenContent(StoredObject o) => _files.OpenContent(o.Id);

    /// <summary>Keeps how far its upload is, durably.</summary>
    public StoredObject Save(StoredObject o)
    {
        lock (_gate)
        {
            _files.Save(o);
            _objects[o.Id] = o;
            return o;
        }
    }

    /// <summary>Removes an object that the store is known to have.</summary>
    public void Sent(StoredObject o)
    {
        lock (_gate)
            Remove(o);
    }

    /// <summary>Sets an object aside that will never be taken.</summary>
    public void Refuse(StoredObject o, string reason)
    {
        lock (_gate)
        {
            AbandonUpload(_objects.GetValueOrDefault(o.Id, o));
            _files.Refuse(o.Id, reason, _time.GetUtcNow());
            Drop(o);
        }

        _counters.Add("objects.refused");
        _log.ObjectRefused(o.Id, reason);
    }

    /// <summary>Sets a file aside that was not even an object.</summary>
    public void RefuseFile(string path, string reason)
    {
        lock (_gate)
            _files.RefuseFile(path, reason, _time.GetUtcNow());
        _counters.Add("objects.refused");
        _log.ObjectRefused(Path.GetFileName(path), reason);
    }

    /// <summary>An upload was aborted.</summary>
    public void Forget(StoredObject abandoned)
    {
        lock (_gate)
        {
            _files.Forget(abandoned);
            _abandoned.RemoveAll(a => string.Equals(a.Id, abandoned.Id, StringComparison.Ordinal));
        }
    }

    /// <summary>Waits until something may have been added.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await _added.Reader.ReadAsync(cancellation);

    private StoredObject Described(ObjectLabel label, long bytes, byte[] hash)
    {
        var sha256 = Convert.ToHexStringLower(hash);
        return new StoredObject(ObjectKey.Id(label, sha256), label, bytes, sha256, _time.GetUtcNow());
    }

    private StoredObject Keep(StoredObject o, Action<StoredObject> write)
    {
        lock (_gate)
        {
            if (_objects.TryGetValue(o.Id, out var waits))
                return DeleteSpare(waits, o, write);
            MakeRoom(o.Bytes, 0, long.MaxValue);
            write(o);
            _objects.Add(o.Id, o);
            _bytes += o.Bytes;
        }

        _counters.Add("objects.taken");
        _added.Writer.TryWrite(true);
        return o;
    }

    /// <summary>The same content again: it replaces the file by its equal, and the sidecar stays as it was.</summary>
    private static StoredObject DeleteSpare(StoredObject waits, StoredObject again, Action<StoredObject> write)
    {
        write(again with { Upload = waits.Upload, AddedAt = waits.AddedAt, From = again.From });
        return waits;
    }

    /// <summary>
    /// Makes room for an object of at least <paramref name="bytes"/>, of which <paramref name="coming"/> are written next.
    /// </summary>
    private void MakeRoom(long bytes, long coming, long freeBytes)
    {
        if (bytes > _options.MaxBytes)
            throw new OutboxFullException($"The object has {bytes} bytes or more, and Objects:MaxBytes is {_options.MaxBytes}.");
        var refused = new Queue<FileInfo>(RefusedFiles().OrderBy(f => f.Name, StringComparer.Ordinal));
        var refusedBytes = refused.Sum(f => f.Length);
        var ordinary = new Queue<StoredObject>(_objects.Values
            .Where(o => !o.Label.Urgent && !string.Equals(o.Id, _inHand, StringComparison.Ordinal))
                .OrderBy(o => o.AddedAt)
                .ThenBy(o => o.Id, StringComparer.Ordinal));
        if (!Fits() && Short() > refusedBytes + ordinary.Sum(o => o.Bytes))
            throw new OutboxFullException(
                $"The outbox holds {_bytes} of {_options.MaxBytes} bytes, the disk has {freeBytes} free, and what may be dropped does not "
                    + $"make room for {bytes} more.");
        while (!Fits())
        {
            if (refused.TryDequeue(out var file))
            {
                refusedBytes -= file.Length;
                freeBytes += coming > 0 ? file.Length : 0;
                file.Delete();
                _counters.Add("objects.refused_dropped");
                _log.RefusedDropped(file.Name);
            }
            else if (ordinary.TryDequeue(out var oldest))
            {
                AbandonUpload(oldest);
                Remove(oldest);
                freeBytes += coming > 0 ? oldest.Bytes : 0;
                _counters.Add("objects.dropped");
                _counters.Add("objects.dropped_bytes", oldest.Bytes);
                _log.ObjectDropped(oldest.Id, oldest.Bytes);
            }
            else
            {
                throw new OutboxFullException($"The outbox holds {_bytes} of {_options.MaxBytes} bytes and the disk has {freeBytes} free.");
            }
        }

        bool Fits() => Short() <= 0;

        long Short() => Math.Max(
            _bytes + refusedBytes + bytes - _options.MaxBytes, coming == 0 ? 0 : _options.ReserveFreeBytes + coming - freeBytes);
    }

    private void AbandonUpload(StoredObject o)
    {
        if (o.Upload is null)
            return;
        _files.Abandon(o);
        _abandoned.Add(o);
    }

    private void Remove(StoredObject o)
    {
        _files.Remove(o.Id);
        Drop(o);
    }

    private void Drop(StoredObject o)
    {
        if (_objects.Remove(o.Id))
            _bytes -= o.Bytes;
    }

    private FileInfo[] RefusedFiles() => new DirectoryInfo(_files.Refused).GetFiles();
}
