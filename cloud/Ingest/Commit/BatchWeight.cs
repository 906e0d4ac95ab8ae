using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Weight of a batch: about what it costs to store, in readings. A device's day is a document of its own, so one that has a single reading
/// costs many times what a reading more of the same day does.
/// </summary>
internal static class BatchWeight
{
    private const int DeviceDay = 32;

    /// <summary>Bytes that are as much as a reading: what a message holds beside its readings waits in memory, too.</summary>
    private const int BytesAReading = 64;

    public static long Of(Batch batch, int bytes) => Of(batch) + (bytes / BytesAReading);

    public static long Of(Batch batch)
    {
        HashSet<(DeviceId, int)>? others = null;
        (DeviceId, int) first = default, last = default;
        foreach (ref readonly var reading in batch.Readings.AsSpan())
        {
            var place = (reading.Device, BatchLimits.Day(reading.Time));
            if (place == last)
                continue;
            last = place;
            if (first == default)
                first = place;
            else if (place != first)
                (others ??= []).Add(place);
        }

        return 1 + batch.Readings.Length + (DeviceDay * (1 + (others?.Count ?? 0L)));
    }
}
