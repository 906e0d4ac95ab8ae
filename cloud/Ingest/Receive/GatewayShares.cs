using System.Collections.Concurrent;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Receive;

/// <summary>
/// Bounds of what one gateway may bring into being here: devices, metrics, days. All of it is kept for ever and by every store, so nobody
/// may have as much of it as he likes. Counted since the process began.
/// </summary>
internal sealed class GatewayShares(TimeProvider time)
{
    /// <summary>The most devices of a gateway: several times what a LoRaWAN gateway's air has room for.</summary>
    public const int Devices = 16 * 1024;

    /// <summary>The most pairs of a device and a metric that <see cref="Metrics"/> does not know.</summary>
    public const int UnknownSeries = 32 * 1024;

    /// <summary>The most different days that a gateway may send readings of within one day: four years of backlog.</summary>
    public const int DaysADay = 1500;

    private readonly ConcurrentDictionary<string, GatewayShare> _shares = new(StringComparer.Ordinal);

    /// <summary>Takes a batch into its gateway's share.</summary>
    /// <exception cref="BatchFormatException">It would pass a bound; the reason is the bound's name.</exception>
    public void Admit(Batch batch) =>
        _shares.GetOrAdd(batch.Gateway, _ => new GatewayShare()).Admit(batch, BatchLimits.Day(time.GetUtcNow()));

    private sealed class GatewayShare
    {
        private readonly Lock _lock = new();
        private readonly HashSet<DeviceId> _devices = [];
        private readonly HashSet<(DeviceId, string)> _unknown = [];
        private readonly HashSet<int> _days = [];
        private int _today;

        public void Admit(Batch batch, int today)
        {
            lock (_lock)
            {
                if (today != _today)
                    _days.Clear();
                _today = today;
                DeviceId last = default;
                var lastDay = -1;
                foreach (ref readonly var reading in batch.Readings.AsSpan())
                {
                    if (reading.Device != last)
                        Add(_devices, last = reading.Device, Devices, "too_many_devices", "devices of one gateway");
                    if (BatchLimits.Day(reading.Time) is var day && day != lastDay)
                        Add(_days, lastDay = day, DaysADay, "too_many_days", "different days of one gateway within a day");
                    if (Metrics.Find(reading.Metric) is null)
                        Add(
                            _unknown, (reading.Device, reading.Metric), UnknownSeries, "too_many_metrics",
                            "unknown metrics, each counted by device, of one gateway");
                }
            }
        }

        private static void Add<T>(HashSet<T> known, T one, int most, string reason, string what)
        {
            if (known.Count < most)
                known.Add(one);
            else if (!known.Contains(one))
                throw new BatchFormatException(reason, $"A batch brings more than {most:N0} {what}.");
        }
    }
}
