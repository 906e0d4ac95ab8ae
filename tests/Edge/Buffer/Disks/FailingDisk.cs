using IotGateway.Storage.Disks;

namespace IotGateway.Edge.Tests.Buffer.Disks;

/// <summary>Faults of a <see cref="FailingDisk"/> in the operation at hand.</summary>
internal enum DiskFault
{
    None,

    /// <summary>ENOSPC from writes past the file's reserved end, and from reserving.</summary>
    Full,

    /// <summary>EIO from writes.</summary>
    WriteFails,

    /// <summary>EIO from syncs; the blocks of that sync are dropped, and read back as if they were there.</summary>
    SyncFails,
}

/// <summary>A <see cref="MemoryDisk"/> whose operations fail on demand.</summary>
internal sealed class FailingDisk(MemoryDisk disk) : Disk
{
    private const int InputOutputError = 5;
    private const int NoSpace = 28;
    private readonly Dictionary<string, long> _reserved = new(StringComparer.Ordinal);

    public MemoryDisk Plate { get; } = disk;

    public DiskFault Fault { get; set; }

    /// <summary>Faults hit only files whose names contain this.</summary>
    public string Only { get; set; } = "";

    public override long FreeBytes => Plate.FreeBytes;

    public override DiskFile Open(string name) => new File(this, name, Plate.Open(name));

    public override bool Exists(string name) => Plate.Exists(name);

    public override void Move(string from, string to) => Plate.Move(from, to);

    public override void Delete(string name) => Plate.Delete(name);

    public override IReadOnlyList<string> List() => Plate.List();

    public override void SyncNames() => Plate.SyncNames();

    public override void Dispose() => Plate.Dispose();

    private sealed class File(FailingDisk disk, string name, DiskFile file) : DiskFile
    {
        public override long Length => file.Length;

        private long Reserved => disk._reserved.GetValueOrDefault(name);

        public override int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public override void Write(ReadOnlySpan<byte> source, long offset)
        {
            if (Hit(DiskFault.WriteFails))
                throw new IOException("Injected write error.", InputOutputError);
            if (Hit(DiskFault.Full) && offset + source.Length > Math.Max(Reserved, file.Length))
                throw new IOException("Injected full disk.", NoSpace);
            file.Write(source, offset);
        }

        public override void Reserve(long length)
        {
            if (Hit(DiskFault.Full) && length > Reserved)
                throw new IOException("Injected full disk.", NoSpace);
            disk._reserved[name] = Math.Max(Reserved, length);
        }

        public override void SetLength(long length) => file.SetLength(length);

        public override void Sync()
        {
            if (Hit(DiskFault.SyncFails))
            {
                disk.Plate.CallUnsyncedClean(name);
                throw new IOException("Injected sync error.", InputOutputError);
            }

            file.Sync();
        }

        public override void Dispose() => file.Dispose();

        private bool Hit(DiskFault fault) => disk.Fault == fault && name.Contains(disk.Only, StringComparison.Ordinal);
    }
}
