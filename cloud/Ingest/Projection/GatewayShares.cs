using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Projection;

/// <summary>
/// Bounds of what one gateway may bring into being in the stores: devices, metrics, days. All of it is kept for ever, so nobody may have as
/// much of it as he likes. Counted since the process began. For one thread at a time.
/// </summary>
internal sealed class GatewayShares
{
    /// <summary>The most devices of a gateway: several times what a LoRaWAN gateway's air has room for.</summary>
    public const int Devices = 16 * 1024;

    /// <summary>The most pairs of a device and a metric that <see cref="Metrics"/> does not know.</summary>
    public const int UnknownSeries = 32 * 1024;

    /// <summary>The most different days that a gateway may send readings of within one day: four years of backlog.</summary>
    public const int DaysADay = 1500;

    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    /// <summary>
    /// The batch without the readings of new devices, metrics and days beyond its gateway's share; those of known ones are never left out.
    /// </summary>
    /// <param name="batch">What was received.</param>
    /// <param name="received">When, by the cloud's clock.</param>
    /// <param name="beyond">How many were left out.</param>
    public Batch Within(Batch batch, DateTimeOffset received, out int beyond)
    {
        if (!_shares.TryGetValue(batch.Gateway, out var share))
            _shares[batch.Gateway] = share = new Share();
        share.Begin(BatchLimits.Day(received));
        beyond = 0;
        List<Reading>? within = null;
        for (var i = 0; i < batch.Readings.Length; i++)
        {
            ref readonly var reading = ref batch.Readings[i];
            if (share.Has(reading))
            {
                within?.Add(reading);
                continue;
            }

            within ??= [.. batch.Readings[..i]];
            beyond++;
        }

        return within is null ? batch : batch with { Readings = [.. within] };
    }

    private sealed class Share
    {
        private readonly HashSet<DeviceId> _devices = [];
        private readonly HashSet<(DeviceId, string)> _unknown = [];
        private readonly HashSet<int> _days = [];
        private (DeviceId Device, int Day) _last;
        private int _today;

        public void Begin(int today)
        {
            if (today != _today)
                _days.Clear();
            (_today, _last) = (today, default);
        }

        /// <summary>True where the reading's device, day and metric are of the share, or there is room for them.</summary>
        public bool Has(in Reading reading)
        {
            var place = (reading.Device, BatchLimits.Day(reading.Time));
            if (place != _last)
            {
                if (!Has(_devices, place.Device, Devices) || !Has(_days, place.Item2, DaysADay))
                    return false;
                _last = place;
            }

            return Metrics.Find(reading.Metric) is not null || Has(_unknown, (reading.Device, reading.Metric), UnknownSeries);
        }

        private static bool Has<T>(HashSet<T> known, T one, int most) => known.Count < most ? known.Add(one) || true : known.Contains(one);
    }
}
