namespace IotGateway.Edge.Objects.Sending;

/// <summary>
/// The bytes that go over the wire: read no faster than the limit, and each read tells the watch that the request is alive.
/// </summary>
internal sealed class PacedStream(byte[] bytes, int count, Func<int, TimeSpan> pace, Action alive, TimeProvider time)
    : MemoryStream(bytes, 0, count, writable: false)
{
    /// <summary>Small enough that a slow line is paced evenly.</summary>
    private const int MostBytes = 16_384;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        alive();
        var read = await base.ReadAsync(buffer.Length > MostBytes ? buffer[..MostBytes] : buffer, cancellationToken);
        if (read > 0 && pace(read) is { Ticks: > 0 } wait)
            await Task.Delay(wait, time, cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
