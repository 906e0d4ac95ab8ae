using IotGateway.Storage.Disks;

namespace IotGateway.Edge.Tests.Buffer.Disks;

/// <summary>A disk whose syncs wait while its gate is closed.</summary>
internal sealed class SyncGate(Disk disk) : Disk
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new(true);

    /// <summary>Completes when a sync waits.</summary>
    public Task Reached => _reached.Task;

    public override long FreeBytes => disk.FreeBytes;

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    public override DiskFile Open(string name) => new File(this, disk.Open(name));

    public override bool Exists(string name) => disk.Exists(name);

    public override void Move(string from, string to) => disk.Move(from, to);

    public override void Delete(string name) => disk.Delete(name);

    public override IReadOnlyList<string> List() => disk.List();

    public override void SyncNames() => disk.SyncNames();

    public override void Dispose()
    {
        _open.Dispose();
        disk.Dispose();
    }

    private sealed class File(SyncGate gate, DiskFile file) : DiskFile
    {
        public override long Length => file.Length;

        public override int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public override void Write(ReadOnlySpan<byte> source, long offset) => file.Write(source, offset);

        public override void Reserve(long length) => file.Reserve(length);

        public override void SetLength(long length) => file.SetLength(length);

        public override void Sync()
        {
            if (!gate._open.IsSet)
                gate._reached.TrySetResult();
            gate._open.Wait();
            file.Sync();
        }

        public override void Dispose() => file.Dispose();
    }
}
