using System.Net;
using System.Net.Http.Headers;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

/// <summary>Batches by HTTP, from this machine.</summary>
public sealed class HttpIngestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABatchIsAnsweredOnceItIsStored()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, "--Ingest:Source", "http");

        using var answer = await PostAsync(cloud, "gw", Encode("gw", 1, Reading(0, 1), Reading(1, 2)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = StoredAnswer.Parse(await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(("s1", 2L), (stored.Stream, stored.Contiguous));
        Assert.Equal([new SequenceRange(1, 2)], stored.Stored);
    }

    [Fact]
    public async Task WhatIsNoBatchIsRefusedAndTheRestGoesOn()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, "--Ingest:Source", "http");

        using var foreign = await PostAsync(cloud, "gw", Encode("other", 5, Reading(0, 1)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(
            new Refusal(5, 5, "foreign_envelope"),
            Assert.Single(StoredAnswer.Parse(await foreign.Content.ReadAsByteArrayAsync(Stop)).Refused));
        using var garbage = await PostAsync(cloud, "gw", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, garbage.StatusCode);
        using var large = await PostAsync(cloud, "gw", new byte[Batch.MaxBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var name = await PostAsync(cloud, "g%20w", Encode("gw", 1, Reading(0, 1)));
        Assert.Equal(HttpStatusCode.BadRequest, name.StatusCode);

        // What a page of another site could send without asking.
        using var page = await PostAsync(cloud, "gw", Encode("gw", 1, Reading(0, 1)), "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, page.StatusCode);

        using var good = await PostAsync(cloud, "gw", Encode("gw", 1, Reading(0, 1)));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(1, cloud.Counters.RefusedByReason["foreign_envelope"]);
    }

    [Fact]
    public async Task WithoutItsSourceThereIsNoSuchRoute()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);

        using var answer = await PostAsync(cloud, "gw", Encode("gw", 1, Reading(0, 1)));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestCloud cloud, string gateway, byte[] body, string type = "application/json")
    {
        using var http = cloud.Http;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await http.PostAsync(new Uri($"/api/ingest/{gateway}", UriKind.Relative), content, Stop);
    }
}
