using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Packs;

/// <summary>
/// Thins a stored pack when the disk is full: of each device's metric, one reading in n stays, so that every series goes on with less
/// detail.
/// </summary>
internal static class Thinner
{
    public static (ReadOnlyMemory<byte> Payload, int Readings) Thin(ReadOnlyMemory<byte> payload, int readings, int keepOneIn)
    {
        var all = Senml.Read(payload.Span);
        var seen = new Dictionary<(DeviceId, string), int>();
        var kept = new List<Reading>(all.Length / keepOneIn + 1);
        foreach (var reading in all)
        {
            var index = seen.GetValueOrDefault((reading.Device, reading.Metric));
            seen[(reading.Device, reading.Metric)] = index + 1;
            if (index % keepOneIn == 0)
                kept.Add(reading);
        }

        return (StampedPack.Write(StampedPack.StampOf(payload.Span), kept.ToArray()), kept.Count);
    }
}
