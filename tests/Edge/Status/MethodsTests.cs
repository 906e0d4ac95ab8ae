using System.Net;
using System.Text.Json;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Fleet;

namespace IotGateway.Edge.Tests.Status;

/// <summary>The gateway's page answers monitors and browsers as HTTP has it.</summary>
public sealed class MethodsTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task HeadIsAnsweredAsGetAndOtherMethodsByName()
    {
        using var folder = new TemporaryFolder();
        await using var edge = await StartAsync(folder);
        using var http = new HttpClient();
        foreach (var path in new[] { "/", "/status.json", "/health" })
        {
            using var get = await SendAsync(http, HttpMethod.Get, edge.Address + path);
            using var head = await SendAsync(http, HttpMethod.Head, edge.Address + path);
            Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));

            using var options = await SendAsync(http, HttpMethod.Options, edge.Address + path);
            Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
            Assert.Equal(["GET", "HEAD", "OPTIONS"], options.Content.Headers.Allow);
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, new HttpMethod("BREW") })
            {
                using var refused = await SendAsync(http, method, edge.Address + path);
                Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
                Assert.Equal(["GET", "HEAD"], refused.Content.Headers.Allow.Order(StringComparer.Ordinal));
                await ProblemAsync(refused);
            }
        }

        using var unknown = await SendAsync(http, HttpMethod.Get, edge.Address + "/nothing");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        await ProblemAsync(unknown);
    }

    private static async Task ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
    }

    private static async Task<TestEdge> StartAsync(TemporaryFolder folder)
    {
        var authority = new TestAuthority();
        var identity = Path.Combine(folder.Path, "own.pem");
        await File.WriteAllTextAsync(identity, authority.Issue("hill", 1, 90), Cancellation);
        File.SetUnixFileMode(identity, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ca.pem"), authority.Pem, Cancellation);
        return await TestEdge.StartAsync(folder.Path, 1, ("Forwarding:CertificateFile", identity), ("Forwarding:KeyFile", identity));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        return await http.SendAsync(request, Cancellation);
    }
}
