using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests.Api;

/// <summary>Bodies that are odd, slow or broken off: the client's fault, said in one line.</summary>
public sealed class BodiesTests
{
    private const string Path = "/api/gateways/hill/config";

    [Theory]
    [InlineData("""{"a":"\ud800"}""", "surrogate")]
    [InlineData("""{"a":"\udc00\ud800"}""", "surrogate")]
    [InlineData("""{"\ud83d":1}""", "surrogate")]
    [InlineData("""{"a":["x",{"b":"\ud83dx\ude00"}]}""", "surrogate")]
    [InlineData("""{"a":1e999}""", "number")]
    [InlineData("""{"a":1e-9999999999999999999}""", "number")]
    [InlineData("""{"a":1E+00000000000000000001234}""", "number")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    [InlineData("""["a"]""", "object")]
    [InlineData("null", "object")]
    [InlineData("", "read")]
    [InlineData("""{"a":1}{""", "read")]
    public async Task AnOddBodyIsRefusedWithWhatIsWrong(string body, string said)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        using var http = cloud.Http;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/json");

        using var answer = await http.PutAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(said, await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x22, 0x3A, 0x31, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x7D })]
    public async Task BytesThatAreNoTextAreRefused(byte[] body)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        using var http = cloud.Http;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        using var answer = await http.PutAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("UTF-8", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud800"}""")]
    [InlineData("""{"a":-0.0,"b":1.5e-300,"c":4.9e-324,"d":1.797e308}""")]
    public async Task WhatCanBeKeptIsTakenAndComesBack(string body)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        using var http = cloud.Http;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await http.PutAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var kept = JsonNode.Parse(await http.GetStringAsync(new Uri(Path, UriKind.Relative), TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), kept["state"]!["desired"]));
    }

    [Fact]
    public async Task ABodyThatDoesNotComeIsATimeoutAndOneLine()
    {
        using var folder = new TempFolder();
        var log = new LogLines();
        await using (var cloud = await StartAsync(folder, log))
        {
            using var client = await BeginAsync(cloud, "{");
            using var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
            Assert.Contains(" 408 ", await answer.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains(
                "application/problem+json", await answer.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.All(log.Lines, l => Assert.True(l is { Level: <= LogLevel.Warning, Exception: null }, l.Text));
        Assert.Single(log.Lines, l => l.Text.Contains("408", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ABodyThatBreaksOffLeavesNoStack()
    {
        using var folder = new TempFolder();
        var log = new LogLines();
        await using (var cloud = await StartAsync(folder, log))
        {
            for (var i = 0; i < 20; i++)
            {
                using var client = await BeginAsync(cloud, """{"a":""");
                if (i % 2 == 0)
                    client.Client.Shutdown(SocketShutdown.Send);
                else
                    client.Client.Close(0);
            }
        }

        Assert.All(log.Lines, l => Assert.True(l is { Level: <= LogLevel.Warning, Exception: null }, l.Text));
    }

    [Fact]
    public async Task ATooLargeBodyIsRefusedAlsoWithoutItsLength()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        using var http = cloud.Http;
        using var request = new HttpRequestMessage(HttpMethod.Put, Path);
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent($$"""{"a":"{{new string('x', 9000)}}"}""", Encoding.UTF8, "application/json");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["detail"]!;

    private static async Task<TcpClient> BeginAsync(TestCloud cloud, string beginning)
    {
        using var http = cloud.Http;
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"PUT {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{beginning}"),
            TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<TestCloud> StartAsync(TempFolder folder, LogLines log)
    {
        var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        cloud.Get<ILoggerFactory>().AddProvider(log);
        return cloud;
    }
}
