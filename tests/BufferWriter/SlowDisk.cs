using IotGateway.Storage.Disks;

namespace IotGateway.BufferWriter;

/// <summary>A disk whose every sync takes longer: it shows an acknowledgement that does not wait for one.</summary>
internal sealed class SlowDisk(Disk disk, TimeSpan delay) : Disk
{
    public override long FreeBytes => disk.FreeBytes;

    public override DiskFile Open(string name) => new File(disk.Open(name), delay);

    public override bool Exists(string name) => disk.Exists(name);

    public override void Move(string from, string to) => disk.Move(from, to);

    public override void Delete(string name) => disk.Delete(name);

    public override IReadOnlyList<string> List() => disk.List();

    public override void SyncNames() => disk.SyncNames();

    public override void Dispose() => disk.Dispose();

    private sealed class File(DiskFile file, TimeSpan delay) : DiskFile
    {
        private readonly ManualResetEvent _never = new(false);

        public override long Length => file.Length;

        public override int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public override void Write(ReadOnlySpan<byte> source, long offset) => file.Write(source, offset);

        public override void Reserve(long length) => file.Reserve(length);

        public override void SetLength(long length) => file.SetLength(length);

        public override void Sync()
        {
            _never.WaitOne(delay);
            file.Sync();
        }

        public override void Dispose()
        {
            file.Dispose();
            _never.Dispose();
        }
    }
}
