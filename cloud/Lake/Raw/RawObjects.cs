using System.Buffers;
using System.Globalization;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake;

/// <summary>
/// The record: every batch exactly as received, in objects <c>raw/received=DATE/gateway=NAME/stream=ID/FIRST-LAST.ORDER.raw</c>.
/// A key follows from what is in the object, so writing it twice is harmless. DATE is the UTC day of its first arrival.
/// </summary>
internal sealed class RawObjects(IObjectStore store)
{
    public const string Prefix = "raw/";

    /// <summary>Writes batches of one gateway's stream as one object; durable once it returns.</summary>
    /// <param name="batches">In the order of arrival; at least one.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when the object was there already.</returns>
    public Task<bool> Put(IReadOnlyList<RawBatch> batches, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>(batches.Sum(b => b.Bytes.Length + 256));
        foreach (var batch in batches)
            RawFrames.Write(bytes, batch);
        return store.PutNew(Key(batches), bytes.WrittenMemory, cancellation);
    }

    /// <summary>The keys of one day's objects, ascending.</summary>
    public IAsyncEnumerable<LakeObject> List(DateOnly received, CancellationToken cancellation) =>
        store.List(string.Create(CultureInfo.InvariantCulture, $"{Prefix}received={received:yyyy-MM-dd}/"), cancellation);

    /// <summary>The keys of all objects, ascending: by day, gateway, stream and sequence.</summary>
    public IAsyncEnumerable<LakeObject> List(CancellationToken cancellation) => store.List(Prefix, cancellation);

    /// <summary>An object's batches and how many stretches of it are damaged; null when there is no such object.</summary>
    public async Task<(IReadOnlyList<RawBatch> Batches, int Damaged)?> Read(string key, CancellationToken cancellation)
    {
        if (await store.Get(key, cancellation) is not { } bytes)
            return null;
        var batches = RawFrames.ReadAll(bytes, out var damaged);
        return (batches, damaged);
    }

    /// <summary>Where batches of one stream lie. The order number, of the first arrival, tells two objects of the same sequences apart.</summary>
    private static string Key(IReadOnlyList<RawBatch> batches)
    {
        var (first, received) = (batches[0], batches[0].Received.UtcDateTime);
        var range = new SequenceRange(batches.Min(b => b.Range.First), batches.Max(b => b.Range.Last));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}received={received:yyyy-MM-dd}/gateway={first.Gateway}/stream={first.Stream}/{range.First:D12}-{range.Last:D12}.{received.Ticks:x}.raw");
    }
}
