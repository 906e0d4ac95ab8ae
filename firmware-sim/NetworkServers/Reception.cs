using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.NetworkServers;

/// <summary>Ways in which a frame reaches the server, or does not.</summary>
internal enum Delivery
{
    /// <summary>No gateway heard it.</summary>
    Lost,

    /// <summary>One gateway heard it.</summary>
    Once,

    /// <summary>Two gateways heard it in time for one event with both.</summary>
    Merged,

    /// <summary>The one event is published twice, byte for byte: a redelivery.</summary>
    Republished,

    /// <summary>The second gateway was too late for the first event: a second one with its own deduplicationId.</summary>
    SecondEvent,
}

/// <summary>A frame's way through the air, drawn by the seed from the node and the index of the frame.</summary>
/// <param name="DelayNanoseconds">From the node's second to the first gateway's reception: 150 to 900 ms.</param>
internal sealed record Reception(
    Delivery Delivery, long DelayNanoseconds, Radio First, Radio Second, Guid DeduplicationId, Guid SecondDeduplicationId, int Channel)
{
    public static Reception Draw(int seed, DevEui devEui, long frame, double lostShare, double duplicateShare)
    {
        var draws = Draws.For(seed, "air", devEui.Hex, frame);
        var chance = draws.NextUnit();
        var kind = draws.NextUnit();
        var delivery = chance < lostShare ? Delivery.Lost
            : chance >= lostShare + (duplicateShare * (1 - lostShare)) ? Delivery.Once
            : kind < 0.6 ? Delivery.Merged
            : kind < 0.8 ? Delivery.Republished
            : Delivery.SecondEvent;

        return new Reception(
            delivery,
            (long)draws.Between(150e6, 900e6),
            Radio.Draw(ref draws, 0),
            Radio.Draw(ref draws, 1),
            draws.NextUuid(),
            draws.NextUuid(),
            draws.Whole(0, 7));
    }
}

/// <summary>Reception of a frame by one gateway.</summary>
/// <param name="Rssi">dBm.</param>
/// <param name="Snr">dB, in steps of 0.25.</param>
internal sealed record Radio(string GatewayId, uint UplinkId, int Rssi, double Snr, string Context)
{
    private static readonly string[] Gateways = ["0016c001ff10a201", "0016c001ff10a202"];

    public static Radio Draw(ref Draws draws, int gateway) => new(
        Gateways[gateway],
        (uint)(draws.NextUInt64() | 1),
        draws.Whole(-112, -68) - (gateway * 6),
        Math.Round((draws.Between(-7, 11) - (gateway * 2)) * 4) / 4,
        Convert.ToBase64String(BitConverter.GetBytes((uint)draws.NextUInt64())));
}
