using System.Text.Json.Serialization;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim.Replay;

/// <summary>The last line of a replay that reached its end.</summary>
/// <param name="Messages">All messages published, of every kind.</param>
/// <param name="Duplicates">Those of them that repeated an uplink already published.</param>
internal sealed record LedgerEnd(string Kind, int Up, int Lost, int Bad, int Join, int Status, int Messages, int Duplicates);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerLine))]
[JsonSerializable(typeof(LedgerEnd))]
internal sealed partial class LedgerJson : JsonSerializerContext;
