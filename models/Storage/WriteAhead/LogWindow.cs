using IotGateway.Storage.Disks;

namespace IotGateway.Storage.WriteAhead;

/// <summary>Reads a log's frames from the file in large pieces.</summary>
internal sealed class LogWindow(DiskFile file)
{
    private const int WindowBytes = 256 << 10;
    private readonly byte[] _bytes = new byte[WindowBytes];
    private long _start;
    private int _length;

    /// <summary>The whole, valid frame at an offset; false when there is none.</summary>
    public bool TryRead(long offset, out Frame frame) =>
        Frame.TryRead(At(offset, Frame.HeaderBytes), out frame) && frame.IsWhole(At(offset, frame.Bytes));

    /// <summary>The bytes of a frame that <see cref="TryRead"/> found.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, Frame frame) => At(offset, frame.Bytes);

    /// <summary>Does a commit later than <paramref name="commit"/> begin at a block from <paramref name="offset"/> on?</summary>
    public bool HasCommitAfter(long offset, ulong salt, uint commit)
    {
        for (var at = PageLog.RoundUp(offset); At(at, Frame.HeaderBytes) is { Length: Frame.HeaderBytes } header; at += PageLog.BlockBytes)
        {
            if (Frame.TryRead(header, out var frame) && frame.Salt == salt && frame.Commit > commit)
                return true;
        }

        return false;
    }

    /// <summary>The bytes at an offset, fewer at the file's end. They stay until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int length)
    {
        if (offset < _start || offset + length > _start + _length)
        {
            _start = offset;
            _length = file.Read(_bytes, offset);
        }

        var from = (int)(offset - _start);
        return _bytes.AsSpan(from, Math.Max(0, Math.Min(length, _length - from)));
    }
}
