using System.Text.Json.Serialization;

namespace IotGateway.FirmwareSim.NetworkServers.ChirpStack;

// The JSON of ChirpStack v4's events, property by property in its order. Like the server itself, an event writes its own zeros
// and false, while rxInfo and txInfo leave them out.

internal sealed record DeviceInfo
{
    public required string TenantId { get; init; }
    public required string TenantName { get; init; }
    public required string ApplicationId { get; init; }
    public required string ApplicationName { get; init; }
    public required string DeviceProfileId { get; init; }
    public required string DeviceProfileName { get; init; }
    public required string DeviceName { get; init; }
    public required string DevEui { get; init; }
    public required string DeviceClassEnabled { get; init; }
    public required Dictionary<string, string> Tags { get; init; }
}

/// <param name="Time">RFC 3339 with nanoseconds: when the first gateway received the frame.</param>
/// <param name="Data">The payload, base64.</param>
internal sealed record UplinkEvent(
    string DeduplicationId,
    string Time,
    DeviceInfo DeviceInfo,
    string DevAddr,
    bool Adr,
    int Dr,
    uint FCnt,
    int FPort,
    bool Confirmed,
    string Data,
    IReadOnlyList<RxInfo> RxInfo,
    TxInfo TxInfo);

internal sealed record JoinEvent(string DeduplicationId, string Time, DeviceInfo DeviceInfo, string DevAddr);

/// <param name="Margin">Demodulation margin of the last DevStatusReq, in dB.</param>
/// <param name="BatteryLevel">Per cent.</param>
internal sealed record StatusEvent(
    string DeduplicationId,
    string Time,
    DeviceInfo DeviceInfo,
    int Margin,
    bool ExternalPowerSource,
    bool BatteryLevelUnavailable,
    double BatteryLevel);

internal sealed record RxInfo
{
    public required string GatewayId { get; init; }
    public required uint UplinkId { get; init; }
    public required string GwTime { get; init; }
    public required string NsTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Rssi { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Snr { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Channel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RfChain { get; init; }

    public required string Context { get; init; }
    public required Dictionary<string, string> Metadata { get; init; }
    public string CrcStatus { get; init; } = "CRC_OK";
}

/// <param name="Frequency">Hz.</param>
internal sealed record TxInfo(uint Frequency, Modulation Modulation);

internal sealed record Modulation(LoRaModulation Lora);

/// <param name="Bandwidth">Hz.</param>
internal sealed record LoRaModulation(uint Bandwidth, int SpreadingFactor, string CodeRate);
