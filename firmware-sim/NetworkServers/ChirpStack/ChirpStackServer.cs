using System.Text.Json;
using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.NetworkServers.ChirpStack;

/// <summary>ChirpStack v4, as far as it is heard by MQTT. Region US915, sub-band 2, data rate 3.</summary>
internal sealed class ChirpStackServer(NodeIdentity node) : INetworkServer
{
    private const int DataRate = 3;
    private const int SpreadingFactor = 7;

    private static readonly Dictionary<string, string> Region = new(StringComparer.Ordinal)
    {
        ["region_common_name"] = "US915",
        ["region_config_id"] = "us915_1",
    };

    private readonly DeviceInfo _device = Tenancy.Describe(node);

    public static NetworkServerKind Kind { get; } = new(
        "chirpstack-v4", $"ChirpStack v4 (simulated), application {Tenancy.ApplicationId}", "application/",
        node => new ChirpStackServer(node));

    public string UplinkTopic => Tenancy.Topic(node.DevEui, "up");

    public IReadOnlyList<MqttEvent> Up(DateTimeOffset second, string devAddr, uint fCnt, string data, Reception reception)
    {
        var first = Rx(second, reception.DelayNanoseconds, reception.First, reception.Channel);
        switch (reception.Delivery)
        {
            case Delivery.Lost:
                return [];
            case Delivery.Once:
                return [Event(reception.DeduplicationId, reception.DelayNanoseconds, first)];
            case Delivery.Republished:
                var published = Event(reception.DeduplicationId, reception.DelayNanoseconds, first);
                return [published, published];
            case Delivery.Merged:
                var other = Rx(second, reception.DelayNanoseconds + 2_104_117, reception.Second, reception.Channel);
                return [Event(reception.DeduplicationId, reception.DelayNanoseconds, first, other)];
            case Delivery.SecondEvent:
                var late = reception.DelayNanoseconds + 310_250_911;
                return
                [
                    Event(reception.DeduplicationId, reception.DelayNanoseconds, first),
                    Event(reception.SecondDeduplicationId, late, Rx(second, late, reception.Second, reception.Channel)),
                ];
            default:
                throw new InvalidOperationException($"No such delivery: {reception.Delivery}.");
        }

        MqttEvent Event(Guid id, long delay, params RxInfo[] rx) => Up(new UplinkEvent(
            id.ToString(), Rfc3339.Write(second, delay), _device, devAddr, Adr: true, DataRate, fCnt, PayloadLayout.FPort, Confirmed: false,
            data, rx, Tx(reception.Channel)));
    }

    public MqttEvent Join(DateTimeOffset second, long delayNanoseconds, Guid id, string devAddr) => new(
        Tenancy.Topic(node.DevEui, "join"),
        JsonSerializer.SerializeToUtf8Bytes(
            new JoinEvent(id.ToString(), Rfc3339.Write(second, delayNanoseconds), _device, devAddr), EventJson.Wire.JoinEvent));

    public MqttEvent Status(DateTimeOffset second, long delayNanoseconds, Guid id, int marginDecibels, double batteryPercent) => new(
        Tenancy.Topic(node.DevEui, "status"),
        JsonSerializer.SerializeToUtf8Bytes(
            new StatusEvent(
                id.ToString(), Rfc3339.Write(second, delayNanoseconds), _device, marginDecibels,
                ExternalPowerSource: false, BatteryLevelUnavailable: false, batteryPercent),
            EventJson.Wire.StatusEvent));

    private MqttEvent Up(UplinkEvent uplink) =>
        new(UplinkTopic, JsonSerializer.SerializeToUtf8Bytes(uplink, EventJson.Wire.UplinkEvent));

    private static RxInfo Rx(DateTimeOffset second, long delayNanoseconds, Radio radio, int channel) => new()
    {
        GatewayId = radio.GatewayId,
        UplinkId = radio.UplinkId,
        GwTime = Rfc3339.Write(second, delayNanoseconds),
        NsTime = Rfc3339.Write(second, delayNanoseconds + 41_337_208),
        Rssi = radio.Rssi,
        Snr = radio.Snr,
        Channel = channel,
        RfChain = channel / 4,
        Context = radio.Context,
        Metadata = Region,
    };

    private static TxInfo Tx(int channel) =>
        new((uint)(903_900_000 + (channel * 200_000)), new Modulation(new LoRaModulation(125_000, SpreadingFactor, "CR_4_5")));
}
