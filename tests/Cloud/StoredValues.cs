using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests;

/// <summary>Everything that a store of observations shows, a line a value, to be compared.</summary>
internal static class StoredValues
{
    public static async Task<List<string>> OfAsync(IObservations store)
    {
        var stop = TestContext.Current.CancellationToken;
        var lines = new List<string>();
        foreach (var device in await store.DevicesAsync(null, int.MaxValue, stop))
        {
            foreach (var s in await store.LatestAsync(device, stop))
                lines.AddRange(
                    (await store.RangeAsync(device, s.Metric, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, stop))
                        .Select(o => $"{device} {s.Metric} {s.Unit} {o}"));
        }

        return lines;
    }
}
