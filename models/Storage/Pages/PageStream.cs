using IotGateway.Storage.WriteAhead;

namespace IotGateway.Storage.Pages;

/// <summary>A stream of which LiteDB reads and writes one whole page at a time.</summary>
internal abstract class PageStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        ReadPage(Whole(buffer));
        Position += buffer.Length;
        return buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length != Frame.PageBytes)
            throw new NotSupportedException("LiteDB writes whole pages.");
        WritePage(buffer);
        Position += buffer.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    protected abstract void ReadPage(Span<byte> page);

    protected abstract void WritePage(ReadOnlySpan<byte> page);

    private static Span<byte> Whole(Span<byte> buffer) =>
        buffer.Length == Frame.PageBytes ? buffer : throw new NotSupportedException("LiteDB reads whole pages.");
}
