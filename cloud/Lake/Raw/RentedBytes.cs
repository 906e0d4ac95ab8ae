using System.Buffers;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>Bytes to write to, from the pool: what is collected by the megabyte every few seconds would keep the collector busy.</summary>
internal sealed class RentedBytes(int about) : IBufferWriter<byte>
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(about);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - _length < sizeHint)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + sizeHint));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the bytes back, when surely nobody reads them any more.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
}
