using System.Buffers;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Raw objects, for erasure: each is rewritten without the devices' readings under its own key. What of one cannot be read goes when it
/// names a device, and stays as it is when it does not.
/// </summary>
internal sealed class RawErasure(IObjectStore store, RawLedger ledger) : IErasable
{
    private const int AtOnce = 16;

    private readonly RawObjects _raw = new(store);

    public string Name => "raw lake";

    public Origins Origin => Origins.Record;

    public async Task<Found> SearchAsync(
        IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var (found, gate) = (default(Found), new Lock());
        await Parallel.ForEachAsync(
            _raw.ListAsync(cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (listed, stop) =>
            {
                var one = await TryAsync(listed.Key, devices, delete, stop);
                lock (gate)
                    progress(found += one);
            });
        return found;
    }

    private async Task<Found> TryAsync(string key, IReadOnlySet<DeviceId> devices, bool delete, CancellationToken cancellation)
    {
        try
        {
            return await InAsync(key, devices, delete, cancellation) is { } gone ? new Found(gone, 1, 1) : new Found(0, 0, 1);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            return Found.Failed(key, e);
        }
    }

    /// <returns>The devices' readings in an object; null when there is nothing of theirs.</returns>
    private async Task<int?> InAsync(string key, IReadOnlySet<DeviceId> devices, bool delete, CancellationToken cancellation)
    {
        if (await store.GetAsync(key, cancellation) is not { } bytes)
            return null;
        var batches = RawFrames.ReadAll(bytes, out var damaged);
        var (output, removed) = (new ArrayBufferWriter<byte>(), 0);
        foreach (var batch in batches)
        {
            try
            {
                var (kept, gone) = Redaction.Without(devices, batch);
                RawFrames.Write(output, kept);
                removed += gone;
            }
            catch (BatchFormatException)
            {
                if (Traces.Name(batch.Bytes.Span, devices))
                    removed++;
                else
                    RawFrames.Write(output, batch);
            }
        }

        // Damaged stretches of an object that names a device are not written again.
        if (removed == 0 && !(damaged > 0 && Traces.Name(bytes, devices)))
            return null;
        if (delete && output.WrittenCount > 0)
        {
            await store.PutAsync(key, output.WrittenMemory, cancellation);
            ledger.Add([RawNote.Of(key, output.WrittenSpan)]);
        }
        else if (delete)
        {
            await store.DeleteAsync(key, cancellation);
            ledger.Forget([key]);
        }

        return removed;
    }
}
