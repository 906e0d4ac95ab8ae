using System.Globalization;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Disks;

/// <summary>A folder of the file system, locked against a second process for as long as it is open.</summary>
public sealed class FolderDisk : Disk
{
    private const string LockName = "lock";
    private const string OwnerName = "owner";
    private readonly string _folder;
    private readonly FileStream _lock;

    /// <summary>Takes the folder, made with mode 0700 when absent.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="FolderInUseException">Another process has it.</exception>
    public FolderDisk(string folder)
    {
        _folder = Path.GetFullPath(folder);
        DurableFile.CreateFolder(_folder);
        _lock = TakeLock(Path.Combine(_folder, LockName));
    }

    /// <inheritdoc/>
    public override long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <inheritdoc/>
    public override DiskFile Open(string name) => new FolderFile(Path.Combine(_folder, name));

    /// <inheritdoc/>
    public override bool Exists(string name) => File.Exists(Path.Combine(_folder, name));

    /// <inheritdoc/>
    public override void Move(string from, string to) => File.Move(Path.Combine(_folder, from), Path.Combine(_folder, to), overwrite: true);

    /// <inheritdoc/>
    public override void Delete(string name) => File.Delete(Path.Combine(_folder, name));

    /// <inheritdoc/>
    public override IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f))];

    /// <inheritdoc/>
    public override void SyncNames() => SystemCalls.SyncFolder(_folder);

    /// <inheritdoc/>
    public override void Dispose() => _lock.Dispose();

    private FileStream TakeLock(string path)
    {
        FileStream held;
        try
        {
            held = new FileStream(path, DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.IsLocked())
        {
            throw new FolderInUseException($"The folder '{_folder}' is in use{Holder()}.", e);
        }

        try
        {
            // Locked whole, the lock file cannot be read by the one it keeps out.
            using var owner = new FileStream(
                Path.Combine(_folder, OwnerName), DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
            owner.SetLength(0);
            owner.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // The name of the holder is a courtesy; the lock is what counts.
        }

        return held;
    }

    private string Holder()
    {
        try
        {
            using var reader =
                new StreamReader(new FileStream(Path.Combine(_folder, OwnerName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return $" by process {reader.ReadToEnd()}";
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            return " by another process";
        }
    }

    private sealed class FolderFile : DiskFile
    {
        private readonly FileStream _stream;

        /// <summary>Kept, because the stream seeks each time it is asked for it.</summary>
        private readonly SafeFileHandle _handle;

        private long _reserved;

        public FolderFile(string path)
        {
            _stream = new(path, DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            _handle = _stream.SafeFileHandle;
        }

        public override long Length => RandomAccess.GetLength(_handle);

        public override int Read(Span<byte> destination, long offset)
        {
            var done = 0;
            while (done < destination.Length)
            {
                var read = RandomAccess.Read(_handle, destination[done..], offset + done);
                if (read == 0)
                    break;
                done += read;
            }

            return done;
        }

        public override void Write(ReadOnlySpan<byte> source, long offset) => RandomAccess.Write(_handle, source, offset);

        public override void Reserve(long length)
        {
            // The first time from the start, for a power cut may have left holes; then only what is new, for the file system looks at each
            // block.
            if (length <= _reserved)
                return;
            SystemCalls.Reserve(_handle, _reserved, length);
            _reserved = length;
        }

        public override void SetLength(long length)
        {
            _reserved = 0;
            RandomAccess.SetLength(_handle, length);
        }

        public override void Sync() => SystemCalls.SyncData(_handle);

        public override void Dispose() => _stream.Dispose();
    }
}
