using System.Globalization;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>A raw object in the making: batches of one gateway's stream, in the order of arrival.</summary>
internal sealed class RawObject
{
    private readonly RentedBytes _bytes;
    private readonly RawBatch _first;
    private readonly string _stream;
    private SequenceRange _range;
    private DateTimeOffset _end;

    /// <summary>Begins one with its first batch; the object does not hold it yet.</summary>
    /// <param name="first">The batch.</param>
    /// <param name="stream">The stream in its key.</param>
    /// <param name="bytes">Its size, as far as that is known.</param>
    public RawObject(RawBatch first, string stream, int bytes)
    {
        (_first, _range, _stream, _bytes) = (first with { Bytes = default }, first.Range, stream, new RentedBytes(bytes));
    }

    /// <summary>Key of an object with batches of one stream; the times tell two objects of the same sequences apart.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture,
        $"{RawObjects.Prefix}received={_first.Received.UtcDateTime:yyyy-MM-dd}/gateway={_first.Gateway}/stream={_stream}/"
            + $"{_range.First:D12}-{_range.Last:D12}.{_first.Received.UtcTicks:x}-{_end.UtcTicks:x}.raw");

    public ReadOnlyMemory<byte> Bytes => _bytes.Written;

    public void Add(RawBatch batch)
    {
        Take(batch);
        RawFrames.Write(_bytes, batch);
    }

    /// <summary>Adds a batch whose frame is written and checked already.</summary>
    public void Add(RawBatch batch, ReadOnlySpan<byte> frame)
    {
        Take(batch);
        frame.CopyTo(_bytes.GetSpan(frame.Length));
        _bytes.Advance(frame.Length);
    }

    /// <summary>Gives its bytes back, when surely nobody reads them any more.</summary>
    public void Return() => _bytes.Return();

    private void Take(RawBatch batch)
    {
        _range = new SequenceRange(Math.Min(_range.First, batch.Range.First), Math.Max(_range.Last, batch.Range.Last));
        _end = batch.Received;
    }
}
