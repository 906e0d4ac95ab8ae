using System.Buffers;

namespace IotGateway.Cloud.Lake;

/// <summary>Bytes to write to, of which the most are known beforehand; from the pool.</summary>
internal sealed class RentedBytes(int most) : IBufferWriter<byte>
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(most);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.AsMemory(_length);

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.AsSpan(_length);

    /// <summary>Gives the bytes back, when surely nobody reads them any more.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
}
