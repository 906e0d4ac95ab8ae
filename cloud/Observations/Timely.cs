using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// Judge of readings' times against their arrival. One of the far future would stand as the newest for ever, and take the place of what is
/// yet to be measured; such readings stay in the record and out of every store made from it.
/// </summary>
internal static class Timely
{
    /// <summary>Farthest that a reading's time may lie ahead of its arrival here; clocks differ.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>Earliest time of a reading: nothing was measured before.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The batch without readings whose times cannot be.</summary>
    /// <param name="batch">What was received.</param>
    /// <param name="received">When, by the cloud's clock.</param>
    /// <param name="untimely">How many were left out.</param>
    public static Batch Of(Batch batch, DateTimeOffset received, out int untimely)
    {
        var latest = received + Ahead;
        untimely = 0;
        foreach (ref readonly var reading in batch.Readings.AsSpan())
        {
            if (!Is(reading, latest))
                untimely++;
        }

        return untimely == 0 ? batch : batch with { Readings = Array.FindAll(batch.Readings, r => Is(r, latest)) };
    }

    private static bool Is(in Reading reading, DateTimeOffset latest) => reading.Time >= Earliest && reading.Time <= latest;
}
