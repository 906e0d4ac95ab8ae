using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.AspNetCore.Routing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Api;

/// <summary>Whatever is asked, the answer is the client's or a right one, never a fault of ours; below /api it is always JSON.</summary>
public sealed class RequestsTests
{
    /// <summary>Paths that no route has.</summary>
    private static readonly string[] Unknown =
        ["/api", "/api/", "/api/nothing", "/api/hives/{id}/honey", "/API/Hives", "//api/hives", "/apiary", "/{id}", "/assets/{name}"];

    [Fact]
    public async Task NoRequestIsAFaultOfOurs()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, ApiTests.Configuration);
        cloud.Enrol("hill");
        cloud.Store.Store([new Batch("hill", "s", 1, 1, Noon, "", [], [Reading(0, 1e300), Reading(1, -1e308), Reading(2, 34.5)])]);
        using var http = cloud.Http;
        var routes = Routes(cloud);

        await Requests.Of([.. routes, .. Unknown]).SampleAsync(
            async r => await CheckAsync(http, r.Method, r.Path, r.Body, r.Type),
            iter: Environment.GetEnvironmentVariable("LONG_TESTS") == "1" ? 100_000 : 1_500, threads: 2);
    }

    [Fact]
    public async Task EachRouteAnswersHeadAsGetOptionsAndAnyOtherMethodByName()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, ApiTests.Configuration);
        cloud.Enrol("hill");
        using var http = cloud.Http;
        foreach (var route in Routes(cloud).Where(r => !r.StartsWith("/assets", StringComparison.Ordinal)))
        {
            var path = route.Replace("{site}", "montreal", StringComparison.Ordinal)
                .Replace("{name}", "hill", StringComparison.Ordinal).Replace("{id}", route.Contains("/sites/") ? "montreal" : "hive-1");
            using var get = await SendAsync(http, "GET", path);
            using var head = await SendAsync(http, "HEAD", path);
            Assert.Equal(
                (path, get.StatusCode, get.Content.Headers.ContentType), (path, head.StatusCode, head.Content.Headers.ContentType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

            using var options = await SendAsync(http, "OPTIONS", path);
            Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
            Assert.Superset(new HashSet<string> { "GET", "HEAD", "OPTIONS" }, options.Content.Headers.Allow.ToHashSet());
            using var post = await SendAsync(http, "DELETE", path);
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, post.StatusCode));
            Assert.Superset(new HashSet<string> { "GET", "HEAD" }, post.Content.Headers.Allow.ToHashSet());
            Assert.Equal("application/problem+json", post.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/api", "application/problem+json")]
    [InlineData("/api/nothing", "application/problem+json")]
    [InlineData("/api/hives/hive-1/honey", "application/problem+json")]
    [InlineData("/nowhere", "text/html")]
    [InlineData("/assets/nothing.css", "text/html")]
    public async Task WhatIsNotThereIsNotFoundInTheFormOfItsReader(string path, string type)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, ApiTests.Configuration);
        using var http = cloud.Http;
        foreach (var method in new[] { "GET", "HEAD" })
        {
            using var answer = await SendAsync(http, method, path);
            Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    private static string[] Routes(TestCloud cloud) =>
    [
        .. cloud.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static async Task CheckAsync(HttpClient http, string method, string path, string body, string type)
    {
        using var answer = await SendAsync(http, method, path, method is "PUT" or "POST" or "PATCH" ? body : null, type);
        var (status, told) = ((int)answer.StatusCode, $"{method} {path} answered {(int)answer.StatusCode}");
        Assert.True(status < 500, told);
        var media = answer.Content.Headers.ContentType?.MediaType;
        if (status < 400 || media == "text/event-stream")
        {
            if (media == "application/json" && method == "GET")
                JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return;
        }

        // The server itself refuses what is no request; no route sees it.
        if (answer.Headers.ConnectionClose == true && answer.Content.Headers.ContentLength == 0)
            return;
        if (!path.StartsWith("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/apiary", StringComparison.Ordinal))
            return;
        Assert.True(media == "application/problem+json", $"{told} as {media}");
        if (method == "HEAD")
            return;
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, string method, string path, string? body = null, string type = "application/json")
    {
        var address = new Uri(
            http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
