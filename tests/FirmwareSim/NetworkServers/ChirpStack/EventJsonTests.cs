using System.Globalization;
using System.Text;
using System.Text.Json;
using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.NetworkServers.ChirpStack;
using IotGateway.FirmwareSim.Nodes;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.NetworkServers.ChirpStack;

/// <summary>Golden files hold one event a line, as it goes over the wire.</summary>
public sealed class EventJsonTests
{
    private static readonly DateTimeOffset Second = DateTimeOffset.Parse("2021-06-19T00:16:04Z", CultureInfo.InvariantCulture);
    private static readonly string Frame = Convert.ToBase64String(Convert.FromHexString("0160CD374400030B43110B"));
    private static readonly INetworkServer Server = ChirpStackServer.Kind.For(NodeIdentity.Recorded(3627));

    [Theory]
    [InlineData("Once", "up.json")]
    [InlineData("Merged", "up-two-gateways.json")]
    [InlineData("SecondEvent", "up-second-event.json")]
    public void UplinkIsAsInTheGoldenFile(string delivery, string golden) =>
        AssertGolden(golden, Server.Up(Second, "01ab23cd", 7, Frame, Air(Enum.Parse<Delivery>(delivery))));

    [Fact]
    public void JoinIsAsInTheGoldenFile() => AssertGolden("join.json", [Server.Join(Second, 250_000_001, Id('a'), "01ab23cd")]);

    [Fact]
    public void StatusIsAsInTheGoldenFile() => AssertGolden("status.json", [Server.Status(Second, 1_250_000_001, Id('a'), 9, 88.3)]);

    [Fact]
    public void ARepublishedUplinkIsTheSameBytesTwice()
    {
        var events = Server.Up(Second, "01ab23cd", 7, Frame, Air(Delivery.Republished));

        Assert.Equal(2, events.Count);
        Assert.Equal(events[0], events[1]);
    }

    [Fact]
    public void ALostFrameMakesNoEvent() => Assert.Empty(Server.Up(Second, "01ab23cd", 7, Frame, Air(Delivery.Lost)));

    [Fact]
    public void ZerosAreWrittenInTheEventAndLeftOutInRxInfo()
    {
        var air = Air(Delivery.Once) with { First = new Radio("0016c001ff10a201", 5, 0, 0, "AAAAAA=="), Channel = 0 };
        using var json = JsonDocument.Parse(Server.Up(Second, "01ab23cd", 0, Frame, air)[0].Payload);

        Assert.Equal(0, json.RootElement.GetProperty("fCnt").GetInt32());
        Assert.False(json.RootElement.GetProperty("confirmed").GetBoolean());
        var rx = json.RootElement.GetProperty("rxInfo")[0];
        Assert.All(["rssi", "snr", "channel", "rfChain"], name => Assert.False(rx.TryGetProperty(name, out _)));
    }

    [Fact]
    public void EventsGoToTheTopicOfTheirKind()
    {
        const string Device = "application/6d1c8f0e-3b52-4c1a-9a0f-5e2d7c84b310/device/0004a30b00003627/event/";
        Assert.Equal(Device + "up", Server.Up(Second, "01ab23cd", 7, Frame, Air(Delivery.Once))[0].Topic);
        Assert.Equal(Device + "join", Server.Join(Second, 0, Id('a'), "01ab23cd").Topic);
        Assert.Equal(Device + "status", Server.Status(Second, 0, Id('a'), 9, 88.3).Topic);
    }

    private static void AssertGolden(string name, IReadOnlyList<MqttEvent> events) => Assert.Equal(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "NetworkServers", "ChirpStack", "Golden", name)),
        string.Concat(events.Select(e => Encoding.UTF8.GetString(e.Payload) + "\n")));

    private static Reception Air(Delivery delivery) => new(
        delivery,
        412_300_007,
        new Radio("0016c001ff10a201", 4_123_456_789, -97, 7.25, "AQIDBA=="),
        new Radio("0016c001ff10a202", 77, -110, -3.5, "BQYHCA=="),
        Id('b'),
        Id('c'),
        5);

    private static Guid Id(char digit) => Guid.Parse($"{new string(digit, 8)}-1111-4111-8111-111111111111");
}
