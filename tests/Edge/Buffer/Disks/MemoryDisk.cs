using IotGateway.Storage.Disks;

namespace IotGateway.Edge.Tests.Buffer.Disks;

/// <summary>The power went; the disk answers nothing any more.</summary>
internal sealed class PowerCutException() : IOException("The power is cut.");

/// <summary>
/// A disk in memory that can lose its power. Until a file is synced, each of its written 4 KB blocks may reach the plate, stay as it
/// was, or reach it in any of the versions written since; names change in the order they were changed, but perhaps not all of them.
/// </summary>
internal sealed class MemoryDisk(int seed) : Disk
{
    private const int Block = 4096;
    private readonly Random _random = new(seed);
    private readonly List<Action<Dictionary<string, Content>>> _names = [];
    private Dictionary<string, Content> _durable = new(StringComparer.Ordinal);
    private Dictionary<string, Content> _files = new(StringComparer.Ordinal);

    /// <summary>Writes and syncs still to be done before the power goes; null keeps it.</summary>
    public int? OperationsLeft { get; set; }

    public long Free { get; set; } = 1L << 40;

    public override long FreeBytes => Free;

    public int Syncs { get; private set; }

    /// <summary>Disk that a restart finds: the plate, with a random part of what was never synced.</summary>
    public MemoryDisk Restart(int nextSeed)
    {
        foreach (var change in _names.Take(_random.Next(_names.Count + 1)))
            change(_durable);
        var after = new MemoryDisk(nextSeed);
        foreach (var (name, content) in _durable)
        {
            content.LoseUnsynced(_random);
            after._durable[name] = content;
            after._files[name] = content;
        }

        return after;
    }

    public override DiskFile Open(string name)
    {
        if (!_files.ContainsKey(name))
        {
            var content = new Content();
            Name(d => d[name] = content);
        }

        return new MemoryFile(this, _files[name]);
    }

    public override bool Exists(string name) => _files.ContainsKey(name);

    public override void Move(string from, string to) => Name(d =>
    {
        if (d.Remove(from, out var content))
            d[to] = content;
    });

    public override void Delete(string name) => Name(d => d.Remove(name));

    public override IReadOnlyList<string> List() => [.. _files.Keys];

    public override void SyncNames()
    {
        Step();
        _names.ForEach(c => c(_durable));
        _names.Clear();
    }

    public override void Dispose()
    {
    }

    /// <summary>Flips a bit under the nose of whoever has the file open.</summary>
    public void FlipInPlace(string name, int offset) => _files[name].Flip(offset);

    /// <summary>
    /// Behaviour of a kernel after a failed sync: the unsynced blocks count as clean, are read back, and will not be written again.
    /// </summary>
    public void CallUnsyncedClean(string name) => _files[name].CallUnsyncedClean();

    public byte[] Bytes(string name) => _files[name].Now;

    public void Replace(string name, byte[] bytes)
    {
        var content = new Content();
        content.Write(bytes, 0);
        content.Sync();
        _files[name] = content;
        _durable[name] = content;
    }

    private void Name(Action<Dictionary<string, Content>> change)
    {
        Step();
        change(_files);
        _names.Add(change);
    }

    private void Step()
    {
        if (OperationsLeft is null)
            return;
        if (OperationsLeft <= 0)
            throw new PowerCutException();
        OperationsLeft--;
    }

    private sealed class MemoryFile(MemoryDisk disk, Content content) : DiskFile
    {
        public override long Length => content.Length;

        public override int Read(Span<byte> destination, long offset) => content.Read(destination, offset);

        public override void Write(ReadOnlySpan<byte> source, long offset)
        {
            disk.Step();
            content.Write(source, offset);
        }

        public override void Reserve(long length)
        {
        }

        public override void SetLength(long length) => content.SetLength(length);

        public override void Sync()
        {
            disk.Step();
            disk.Syncs++;
            content.Sync();
        }

        public override void Dispose()
        {
        }
    }

    private sealed class Content
    {
        private readonly Dictionary<long, List<byte[]>> _unsynced = [];
        private byte[] _bytes = [];
        private byte[] _plate = [];

        public long Length { get; private set; }

        public byte[] Now => _bytes[..(int)Length];

        public int Read(Span<byte> destination, long offset)
        {
            lock (_unsynced)
            {
                var length = (int)Math.Clamp(Length - offset, 0, destination.Length);
                _bytes.AsSpan((int)Math.Min(offset, Length), length).CopyTo(destination);
                return length;
            }
        }

        public void Write(ReadOnlySpan<byte> source, long offset)
        {
            lock (_unsynced)
            {
                Grow(ref _bytes, offset + source.Length);
                source.CopyTo(_bytes.AsSpan((int)offset));
                Length = Math.Max(Length, offset + source.Length);
                for (var block = offset / Block; block * Block < offset + source.Length; block++)
                {
                    if (!_unsynced.TryGetValue(block, out var versions))
                        _unsynced[block] = versions = [];
                    versions.Add(_bytes.AsSpan((int)(block * Block), Block).ToArray());
                }
            }
        }

        public void CallUnsyncedClean()
        {
            lock (_unsynced)
                _unsynced.Clear();
        }

        public void Flip(int offset)
        {
            lock (_unsynced)
                _bytes[offset] ^= 1;
        }

        public void SetLength(long length)
        {
            lock (_unsynced)
            {
                Grow(ref _bytes, length);
                _bytes.AsSpan((int)Math.Min(length, Length)).Clear();
                Length = length;
            }
        }

        public void Sync()
        {
            lock (_unsynced)
            {
                foreach (var block in _unsynced.Keys)
                    Put(block, _bytes.AsSpan((int)(block * Block), Block));
                _unsynced.Clear();
            }
        }

        public void LoseUnsynced(Random random)
        {
            lock (_unsynced)
            {
                foreach (var (block, versions) in _unsynced)
                {
                    if (random.Next(versions.Count + 1) is var kept and > 0)
                        Put(block, versions[kept - 1]);
                }

                _unsynced.Clear();
                _bytes = _plate.ToArray();
                Length = Math.Min(Length, _bytes.Length);
            }
        }

        private void Put(long block, ReadOnlySpan<byte> bytes)
        {
            Grow(ref _plate, (block + 1) * Block);
            bytes.CopyTo(_plate.AsSpan((int)(block * Block)));
        }

        private static void Grow(ref byte[] bytes, long length)
        {
            var whole = (length + Block - 1) / Block * Block;
            if (whole > bytes.Length)
                Array.Resize(ref bytes, (int)Math.Max(whole, bytes.Length + (bytes.Length / 2 / Block * Block)));
        }
    }
}
