using System.IO.Compression;
using System.Text;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class BadInputTests
{
    private const string Head =
        """{"schema":1,"gateway":"hill","stream":"s1","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":""";

    public static TheoryData<string, string, bool> Messages => new()
    {
        { "this is not JSON", "not_json", false },
        { Head + """[{"bn":"a1/","bt":0,""", "not_json", true },
        {
            """{"schema":2,"gateway":"hill","stream":"s1","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":[]}""",
            "unknown_schema", true
        },
        {
            """{"schema":1,"gateway":"hill","stream":"s1","first":5,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":[]}""",
            "bad_envelope", false
        },
        { Head + """[{"n":"no slash","v":1}]}""", "bad_record", true },
        { Head + """[{"n":"a1/co2","v":1,"q":65536}]}""", "bad_record", true },
        { Head + """[{"n":"a1/co2","v":1,"q":-1}]}""", "bad_record", true },
        {
            """{"schema":1,"gateway":"valley","stream":"s1","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":[]}""",
            "foreign_envelope", true
        },
        {
            """{"schema":1,"gateway":"hill","stream":"../x","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"ok","senml":[]}""",
            "bad_envelope", false
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task IsRefusedWithItsReasonAndTheNextBatchPasses(string message, string reason, bool answered) =>
        await CheckAsync(Encoding.UTF8.GetBytes(message), reason, answered);

    [Fact]
    public async Task GzipBomb()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var i = 0; i < 64; i++)
                gzip.Write(new byte[1024 * 1024]);
        }

        Assert.InRange(bomb.Length, 1, Batch.MaxBytes);
        await CheckAsync(bomb.ToArray(), "too_large", answered: false);
    }

    [Fact]
    public async Task BrokenGzip() => await CheckAsync([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "not_gzip", answered: false);

    [Fact]
    public async Task ALittleTooLarge() => await CheckAsync(new byte[Batch.MaxBytes + 1], "too_large", answered: false);

    [Theory]
    [InlineData(17 * 1024 * 1024)]
    [InlineData(64 * 1024 * 1024)]
    public async Task FarTooLargeEndsTheConnectionBeforeItIsRead(int bytes)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using (var gateway = await ConnectAsync(cloud, certificate, "hill"))
            await Assert.ThrowsAnyAsync<Exception>(() => gateway.SendAsync(new byte[bytes]));

        await using var again = await ConnectAsync(cloud, certificate, "hill");
        await again.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        Assert.Equal(1, cloud.Counters.RefusedByReason["message_too_large"]);
        Assert.Equal(1, cloud.Gateways.Find("hill")!.Counters["refused_message_too_large"]);
        Assert.Equal(1, cloud.Store.Count);
    }

    /// <summary>A batch and a status that the broker takes cut off, so that they are refused by name and the connection lives.</summary>
    [Theory]
    [InlineData(300 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    public async Task TooLargeIsRefusedByNameAndTheConnectionLives(int bytes)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, (await gateway.SendAsync(new byte[bytes])).ReasonCode);
        Assert.Equal(
            MqttClientPublishReasonCode.PayloadFormatInvalid,
            (await gateway.PublishAsync(Topics.Status("hill"), new byte[bytes])).ReasonCode);
        Assert.True((await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)))).IsSuccess);

        Assert.Equal([1L, 1L], [cloud.Counters.RefusedByReason["too_large"], cloud.Counters.RefusedByReason["status_too_large"]]);
        Assert.Equal(1, cloud.Store.Count);
        Assert.True(cloud.Gateways.Find("hill")!.Connected);
    }

    [Fact]
    public async Task WhatCannotBeKeptIsRefusedAllTheSame()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await File.WriteAllTextAsync(cloud.Data.Quarantine, "a file where a folder must be");

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, (await gateway.SendAsync([1, 2, 3])).ReasonCode);

        Assert.Equal(1, cloud.Counters.RefusedByReason["not_kept"]);
    }

    [Fact]
    public async Task ADamagedRegisteredCertificateIsNamedForMessagesAndForHandshakes()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using var gateway = await ConnectAsync(cloud, certificate, "hill");
        await File.WriteAllTextAsync(Path.Combine(cloud.Data.Pki, "gateways", "hill.pem"), "damaged");

        await Assert.ThrowsAnyAsync<Exception>(() => gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5))));
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["registered_certificate_damaged"]);

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, certificate, "hill"));
        Assert.Equal(2, cloud.Counters.ConnectionsRefusedByReason["registered_certificate_damaged"]);
    }

    private static async Task CheckAsync(byte[] message, string reason, bool answered)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        var refused = await gateway.SendAsync(message);
        var good = await gateway.SendAsync(Encode("hill", 2, Reading(0, 34.5)));

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, refused.ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.Success, good.ReasonCode);
        Assert.Equal(1, cloud.Counters.RefusedByReason[reason]);
        Assert.Equal(1, cloud.Store.Count);
        var kept = Assert.Single(Directory.GetFiles(cloud.Data.Quarantine));
        Assert.EndsWith($"-hill-{reason}.bin", kept, StringComparison.Ordinal);
        Assert.Equal(message, await File.ReadAllBytesAsync(kept));
        if (answered)
            Assert.Equal([new Refusal(1, 1, reason)], (await gateway.AnswerAsync()).Refused);
        Assert.Equal([new SequenceRange(2, 2)], (await gateway.AnswerAsync()).Stored);
    }
}
