using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Hosting;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class StoringTests
{
    [Fact]
    public async Task ABatchTwiceIsStoredOnceAndLiesTwiceInTheRawLake()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var batch = Encode("hill", 1, Reading(0, 34.5), Reading(15, 34.25));

        await gateway.SendAsync(batch);
        await gateway.SendAsync(batch);

        Assert.Equal(2, cloud.Store.Count);
        Assert.Equal(2, cloud.Counters.Counts["duplicates"]);
        Assert.Equal(2, (await gateway.AnswerAsync()).Contiguous);
        Assert.Equal([new SequenceRange(1, 2)], (await gateway.AnswerAsync()).Stored);
        Assert.Equal(2, (await cloud.RawBatchesAsync()).Count);
    }

    [Fact]
    public async Task TextsBesideNumbersAreCountedAndTheNumbersStored()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        await gateway.SendAsync("""
            {"schema":1,"gateway":"hill","stream":"s1","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":[
             {"bn":"a1/","bt":1625140800,"bu":"Cel","bv":30,"n":"hive_temperature","v":4.5},{"n":"note","vs":"Süd"},{"n":"lid","vb":true}]}
            """u8.ToArray());

        Assert.Equal(34.5, Assert.Single(cloud.Store.Latest(DeviceId.Parse("a1"))).Latest.Value);
        Assert.Equal((1, 1), (cloud.Counters.Counts["records_text"], cloud.Counters.Counts["records_boolean"]));
        Assert.Equal(1, cloud.Gateways.Find("hill")!.Counters["records_text"]);
    }

    [Fact]
    public async Task TheFirstOfTwoValuesStaysAndBothAreInTheRawLake()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));
        await gateway.SendAsync(Encode("hill", 1, Reading(0, 20)));

        Assert.Equal(34.5, Assert.Single(cloud.Store.Latest(DeviceId.Parse("a1"))).Latest.Value);
        Assert.Equal(1, cloud.Counters.Counts["conflicts"]);
        Assert.Equal(2, (await cloud.RawBatchesAsync()).Count);
    }

    [Fact]
    public async Task SequencesOutOfOrderCountAsContiguousOnceTheHoleIsFilled()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        await gateway.SendAsync(Encode("hill", 1, Reading(0, 1)));
        await gateway.SendAsync(Encode("hill", 4, Reading(4, 1), Reading(5, 1)));
        var view = cloud.Gateways.Find("hill")!;
        Assert.Equal(1, view.Contiguous);
        Assert.Equal([new SequenceRange(2, 3)], view.Missing);

        await gateway.SendAsync(Encode("hill", 2, Reading(2, 1), Reading(3, 1)));
        Assert.Equal(5, cloud.Gateways.Find("hill")!.Contiguous);
        Assert.Empty(cloud.Gateways.Find("hill")!.Missing);
        foreach (var expected in (long[])[1, 1, 5])
            Assert.Equal(expected, (await gateway.AnswerAsync()).Contiguous);
    }

    [Fact]
    public async Task ManyBatchesInFlightAreAllStoredAndAnswered()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        await Task.WhenAll(
            Enumerable.Range(0, 90)
                .Select(i => gateway.SendAsync(Encode("hill", 1 + (i * 2), Reading(i * 2, 30), Reading((i * 2) + 1, 31)))));

        Assert.Equal(180, cloud.Store.Count);
        Assert.Equal(180, cloud.Gateways.Find("hill")!.Contiguous);
        var heard = new SequenceSet();
        while (!heard.Contains(1, 180))
        {
            foreach (var range in (await gateway.AnswerAsync()).Stored)
                heard.Add(range.First, range.Last);
        }
    }

    [Fact]
    public async Task GapsAndStatusAreInTheBook()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var status = new GatewayStatus(
            "hill", Noon, "1.0", Noon, 3, 30, Noon, 0.5, new Dictionary<string, string> { ["lora"] = "ok" },
            new Dictionary<string, long> { ["lost"] = 2 });
        var lost = new Gap(1, 1, 7, "disk_full");

        await gateway.PublishAsync(Topics.Status("hill"), status.ToJson());
        await gateway.SendAsync(Batch.Encode("hill", "s1", new SequenceRange(1, 1), Noon, "synchronised", [lost], []));

        var view = cloud.Gateways.Find("hill")!;
        Assert.True(view.Connected);
        Assert.Equal(3, view.Status!.BufferedBatches);
        Assert.Equal([lost], view.Gaps);
    }

    [Fact]
    public async Task AGatewayThatListensAnewIsToldWhereItsStreamStands()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using (var deaf = await ConnectAsync(cloud, certificate, "hill", subscribe: false))
            await deaf.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        await using var gateway = await ConnectAsync(cloud, certificate, "hill");

        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
    }

    [Fact]
    public async Task AStreamFromALaterSequenceMissesNothingBelow()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using (var deaf = await ConnectAsync(cloud, certificate, "hill", subscribe: false))
        {
            await deaf.SendAsync(Encode("hill", 500, Reading(0, 34.5), Reading(1, 34.5)));
            await deaf.SendAsync(Encode("hill", 504, Reading(2, 34.5)));
        }

        await using var gateway = await ConnectAsync(cloud, certificate, "hill");
        var answer = await gateway.AnswerAsync();

        Assert.Equal(0, answer.Contiguous);
        Assert.Equal([new SequenceRange(500, 501), new SequenceRange(504, 504)], answer.Stored);
        Assert.Equal([new SequenceRange(502, 503)], cloud.Gateways.Find("hill")!.Missing);
    }

    [Fact]
    public async Task WhatCannotBeStoredIsNotAcknowledgedAndEndsTheProcess()
    {
        using var folder = new TempFolder();
        var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        Directory.CreateDirectory(Path.Combine(cloud.Data.RawLog, "000000000001.log"));
        var ended = new TaskCompletionSource();
        using var _ = cloud.Get<IHostApplicationLifetime>().ApplicationStopping.Register(ended.SetResult);

        var sending = gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.StartsWith("storing failed", cloud.Get<Health>().Problem, StringComparison.Ordinal);
        Assert.Equal(0, cloud.Store.Count);
        await cloud.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => sending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.True(sending.IsCompleted);
    }

    [Fact]
    public async Task ChangesArePublished()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await using var changes = cloud
            .Get<ChangeFeed>()
            .ListenAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = changes.MoveNextAsync();

        await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5, "b2")));

        Assert.True(await next);
        Assert.Equal([DeviceId.Parse("b2")], changes.Current);
    }
}
