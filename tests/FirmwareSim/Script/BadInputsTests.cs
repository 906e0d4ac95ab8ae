using System.Text.Json;
using IotGateway.FirmwareSim.Script;
using IotGateway.FirmwareSim.Tests.Nodes;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Script;

public sealed class BadInputsTests
{
    private static readonly Dictionary<string, Transmission> First = FieldSources.Open(TestOptions.Create(bad: 1, days: 1)).Transmissions()
        .Where(t => t.Kind == TransmissionKind.Bad).Take(BadInputs.Kinds.Count).ToDictionary(t => t.Ledger!.Bad!);

    [Fact]
    public void TheKindsTakeTurns() => Assert.Equal(BadInputs.Kinds, First.Keys);

    [Fact]
    public void TruncatedIsShorterThanItsFields() => Assert.Throws<IndexOutOfRangeException>(() => FrameReading.Read(Data("truncated")));

    [Fact]
    public void OversizedIsMoreThanAnyDataRateCarries() => Assert.True(Data("oversized").Length > 242);

    [Fact]
    public void NotJsonIsNotJson() => Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(First["not-json"].Messages[0].Payload));

    [Fact]
    public void OtherShapeIsJsonWithoutData() => Assert.False(Json("other-shape").TryGetProperty("data", out _));

    [Fact]
    public void TheUnknownEuiStandsInTopicAndEvent()
    {
        Assert.Contains("/device/ffffffffffff0001/", First["unknown-eui"].Messages[0].Topic, StringComparison.Ordinal);
        Assert.Equal("ffffffffffff0001", Json("unknown-eui").GetProperty("deviceInfo").GetProperty("devEui").GetString());
    }

    [Fact]
    public void TheNodeOf2106HasATemperatureOfItsOwn()
    {
        var (time, values) = FrameReading.Read(Data("time-2106"));

        Assert.Equal(uint.MaxValue, time);
        Assert.Equal([KeyValuePair.Create("hive_temperature", (double?)21.06)], values);
    }

    [Fact]
    public void NoValueHasEverySensorSilent() => Assert.All(FrameReading.Read(Data("no-value")).Values.Values, v => Assert.Null(v));

    [Fact]
    public void OneMegabyteIsOneMegabyteOfJson()
    {
        Assert.Equal(1_048_576, First["one-megabyte"].Messages[0].Payload.Length);
        Assert.Equal(JsonValueKind.Object, Json("one-megabyte").ValueKind);
    }

    [Fact]
    public void NotBase64IsNotBase64() => Assert.Throws<FormatException>(() => Json("not-base64").GetProperty("data").GetBytesFromBase64());

    private static byte[] Data(string kind) => Json(kind).GetProperty("data").GetBytesFromBase64();

    private static JsonElement Json(string kind) => JsonDocument.Parse(First[kind].Messages[0].Payload).RootElement;
}
