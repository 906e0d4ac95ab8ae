using System.Net;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Status;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Fleet;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Edge.Tests.Status;

public sealed class StatusTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:8081", "", "127.0.0.1 localhost [::1]")]
    [InlineData("http://192.168.1.5:8081;http://localhost:1", "", "192.168.1.5 localhost 127.0.0.1 [::1]")]
    [InlineData("http://*:8081", "", "localhost 127.0.0.1 [::1]")]
    [InlineData("http://*:8081", "hill.example; 10.0.0.7", "hill.example 10.0.0.7")]
    public void PagesAreForTheMachinesOwnNamesOrThoseConfigured(string urls, string allowed, string expected) =>
        Assert.Equal(expected.Split(' '), StatusEndpoints.Hosts(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Urls"] = urls, ["AllowedHosts"] = allowed }).Build()));

    [Fact]
    public async Task AForeignHostNameIsNotAnswered()
    {
        using var folder = new TemporaryFolder();
        var authority = new TestAuthority();
        var identity = Path.Combine(folder.Path, "own.pem");
        await File.WriteAllTextAsync(identity, authority.Issue("hill", 1, 90), Cancellation);
        File.SetUnixFileMode(identity, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ca.pem"), authority.Pem, Cancellation);
        await using var edge = await TestEdge.StartAsync(
            folder.Path, 1, ("Forwarding:CertificateFile", identity), ("Forwarding:KeyFile", identity));

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(edge.Address + "/status.json"), Cancellation)).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, edge.Address + "/status.json");
        foreign.Headers.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(foreign, Cancellation)).StatusCode);

        for (var i = 0; i < 5000; i++)
            edge.Counters.Add($"zzz.a_counter_with_a_long_name_{i}");
        var status = edge.Report.Now();
        Assert.InRange(status.ToJson().Length, 1, 64 << 10);
        Assert.InRange(status.Counters["status.left_out"], 4500, 5100);
        Assert.Contains("clock.jumps", status.Counters.Keys);
    }

    [Fact]
    public async Task AStatusWithLongNamesIsCutToItsMostBytes()
    {
        using var folder = new TemporaryFolder();
        var authority = new TestAuthority();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ca.pem"), authority.Pem, Cancellation);
        var identity = Path.Combine(folder.Path, "own.pem");
        await File.WriteAllTextAsync(identity, authority.Issue("hill", 1, 90), Cancellation);
        File.SetUnixFileMode(identity, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var edge = await TestEdge.StartAsync(
            folder.Path, 1, ("Forwarding:CertificateFile", identity), ("Forwarding:KeyFile", identity));
        for (var i = 0; i < 400; i++)
            edge.Counters.Add($"zzz.{i}.{new string('x', 5000)}");

        var status = edge.Report.Now();

        Assert.InRange(status.ToJson().Length, 1, 64 << 10);
        Assert.InRange(status.Counters["status.left_out"], 300, 500);
    }

    [Fact]
    public async Task APageOfAHundredThousandNodesIsAPage()
    {
        using var folder = new TemporaryFolder();
        var authority = new TestAuthority();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ca.pem"), authority.Pem, Cancellation);
        var identity = Path.Combine(folder.Path, "own.pem");
        await File.WriteAllTextAsync(identity, authority.Issue("hill", 1, 90), Cancellation);
        File.SetUnixFileMode(identity, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var edge = await TestEdge.StartAsync(
            folder.Path, 1, ("Forwarding:CertificateFile", identity), ("Forwarding:KeyFile", identity));
        for (var i = 0; i < 100_000; i++)
            edge.Nodes.Note(new DeviceEvent(DeviceId.Parse($"0004a30b{i:x8}"), "status", 50, []), Then, Then);
        for (var i = 0; i < 5000; i++)
            edge.Counters.Add($"zzz.a_counter_{i}");
        using var http = new HttpClient { BaseAddress = new Uri(edge.Address) };

        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);
        var next = await http.GetStringAsync(new Uri("/?nodes=100", UriKind.Relative), Cancellation);
        var beyond = await http.GetStringAsync(new Uri("/?nodes=2147483647", UriKind.Relative), Cancellation);
        var json = await http.GetStringAsync(new Uri("/status.json?nodes=-5", UriKind.Relative), Cancellation);

        Assert.All(new[] { page, next, beyond, json }, text => Assert.InRange(text.Length, 1000, 256 * 1024));
        Assert.Contains("100 of 10,000 nodes; 90,000 forgotten", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/?nodes=100\"", page, StringComparison.Ordinal);
        Assert.Contains("from the 101. on", next, StringComparison.Ordinal);
        Assert.Contains("href=\"/?nodes=0\"", next, StringComparison.Ordinal);
    }

    [Fact]
    public void RoomsTellTheirOwnProblems()
    {
        var sources = new SourceStates(TimeProvider.System);
        sources.Set("up", SourceCondition.Connected);
        sources.Set("down", SourceCondition.Disconnected, "refused");

        Assert.Equal(["Source down is disconnected: refused."], new SourceProblems(sources, TimeProvider.System).Problems());
    }

    [Theory]
    [InlineData(0, "0 batches")]
    [InlineData(1, "1 batch")]
    [InlineData(2000, "2,000 batches")]
    public void ACountGoesWithItsNoun(long count, string text) => Assert.Equal(text, Counted.Of(count, "batch", "batches"));
}
