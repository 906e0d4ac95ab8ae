using System.Threading.Channels;
using Amazon.S3.Model;
using IotGateway.Aws;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Sending;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Objects;

/// <summary>The uplink against a real S3.</summary>
[Collection(CephTests.Name)]
public sealed class StoreTests(Ceph ceph) : IDisposable
{
    private const int Large = 20 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "hive-1")]
    [InlineData(300_000, "0102030405060708")]
    [InlineData(ObjectSender.PartBytes, "gw.camera:0_a")]
    public async Task AnObjectIsStoredAndThenGoneFromTheOutbox(int bytes, string device)
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var content = Uploader.Bytes(bytes);
        var o = await uploader.AddAsync(content, device);

        Assert.True(await uploader.SendNextAsync());

        Assert.Equal(
            [$"objects/gateway=hill/kind=image/date=2021-06-19/{device}-20210619T001604000Z-{o.Sha256[..16]}.jpg"],
            await ceph.KeysAsync(bucket));
        Assert.Equal(content, await ceph.ContentAsync(bucket, uploader.KeyOf(o)));
        using var client = ceph.Client();
        var head = await client.GetObjectMetadataAsync(bucket, uploader.KeyOf(o));
        Assert.Equal("image/jpeg", head.Headers.ContentType);
        Assert.Equal(
            [o.Sha256, device, "2021-06-19T00:16:04.000Z", "image"],
            new[] { "sha256", "device", "time", "kind" }.Select(k => head.Metadata[k]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(1, uploader.Wire.Count("PUT", 200));
        Assert.False(await uploader.SendNextAsync());
        Assert.Equal(
            (StoreState.Working, 1L, (long)bytes),
            (uploader.Book.State.State, uploader.Book.State.SentFiles, uploader.Book.State.SentBytes));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(Large)]
    public async Task TheSameAgainIsStoredOnce(int bytes)
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var content = Uploader.Bytes(bytes);
        var first = await uploader.AddAsync(content);
        Assert.Equal(first, await uploader.AddAsync(content));
        await uploader.SendNextAsync();
        await uploader.AddAsync(content);
        await uploader.SendNextAsync();

        Assert.Single(await ceph.KeysAsync(bucket));
        Assert.Equal(0, uploader.Outbox.State.Files);
        Assert.Equal(bytes == Large ? 3 : 0, uploader.Wire.Parts.Count);
        Assert.Equal(bytes == Large ? 0 : 1, uploader.Wire.Count("PUT", 412));
    }

    [Fact]
    public async Task WhatIsLargeGoesInParts()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var content = Uploader.Bytes(Large);
        var o = await uploader.AddAsync(content);

        await uploader.SendNextAsync();

        Assert.Equal([1, 2, 3], uploader.Wire.Parts);
        Assert.Equal(content, await ceph.ContentAsync(bucket, uploader.KeyOf(o)));
        Assert.Equal(0, await ceph.UploadsAsync(bucket));
        Assert.Equal(0, uploader.Outbox.State.Files);
    }

    /// <summary>The process ends after the store took part 2: before it was noted in the sidecar, or after.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACrashBetweenPartsSendsNoFinishedPartAgain(bool noted)
    {
        var bucket = await ceph.BucketAsync();
        var content = Uploader.Bytes(Large);
        StoredObject o;
        using (var uploader = new Uploader(_folder.Path, ceph.Url, bucket))
        {
            o = await uploader.AddAsync(content);
            if (noted)
                uploader.Wire.Before = request => Wire.PartNumber(request.RequestUri!.Query) == 3
                    ? throw new IOException("crash")
                    : Task.CompletedTask;
            else
                uploader.Wire.After = request => Wire.PartNumber(request.RequestUri!.Query) == 2
                    ? throw new IOException("crash")
                    : Task.CompletedTask;
            await Assert.ThrowsAnyAsync<Exception>(uploader.SendNextAsync);
            Assert.Equal([1, 2], uploader.Wire.Parts);
        }

        using var again = new Uploader(_folder.Path, ceph.Url, bucket);
        Assert.Equal(1, again.Outbox.State.Files);
        await again.SendNextAsync();

        Assert.Equal([3], again.Wire.Parts);
        Assert.Equal(content, await ceph.ContentAsync(bucket, again.KeyOf(o)));
        Assert.Equal(0, await ceph.UploadsAsync(bucket));
    }

    /// <summary>The store made the object, and the gateway ended before it read the answer.</summary>
    [Theory]
    [InlineData(5000)]
    [InlineData(Large)]
    public async Task ALostLastAnswerIsNoSecondObject(int bytes)
    {
        var bucket = await ceph.BucketAsync();
        using (var uploader = new Uploader(_folder.Path, ceph.Url, bucket))
        {
            await uploader.AddAsync(Uploader.Bytes(bytes));
            uploader.Wire.After = request =>
                request.RequestUri!.Query.Contains("uploadId", StringComparison.Ordinal) ^ (request.Method == HttpMethod.Put)
                    ? throw new IOException("crash") : Task.CompletedTask;
            await Assert.ThrowsAnyAsync<Exception>(uploader.SendNextAsync);
        }

        using var again = new Uploader(_folder.Path, ceph.Url, bucket);
        await again.SendNextAsync();

        Assert.Single(await ceph.KeysAsync(bucket));
        Assert.Empty(again.Wire.Parts);
        Assert.Equal(0, again.Outbox.State.Files);
        Assert.Equal(0, again.Outbox.State.RefusedFiles);
    }

    [Fact]
    public async Task TheStoreKilledInMidUploadIsGoneOnWith()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var content = Uploader.Bytes(Large);
        var o = await uploader.AddAsync(content);
        uploader.Wire.Before = async request =>
        {
            if (Wire.PartNumber(request.RequestUri!.Query) != 2)
                return;
            uploader.Wire.Before = null;
            await ceph.KillGatewayAsync();
        };
        var failure = await Assert.ThrowsAnyAsync<Exception>(uploader.SendNextAsync);
        Assert.Equal(AwsFaultKind.Unavailable, AwsFault.Of(failure)?.Kind);
        Assert.Equal(1, uploader.Outbox.State.Files);

        await ceph.StartGatewayAsync();
        await uploader.SendNextAsync();

        Assert.Equal([1, 2, 3], uploader.Wire.Parts);
        Assert.Equal(content, await ceph.ContentAsync(bucket, uploader.KeyOf(o)));
    }

    [Fact]
    public async Task AnUploadThatSomeoneAbortedBeginsAnew()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        await uploader.AddAsync(Uploader.Bytes(Large));
        uploader.Wire.Before = request => Wire.PartNumber(request.RequestUri!.Query) == 2
            ? throw new IOException("crash")
            : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(uploader.SendNextAsync);
        uploader.Wire.Before = null;
        using var client = ceph.Client();
        var upload =
            (await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket })).MultipartUploads.Single();
        await client.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId);

        await uploader.SendNextAsync();

        Assert.Equal([1, 1, 2, 3], uploader.Wire.Parts);
        Assert.Single(await ceph.KeysAsync(bucket));
    }

    [Fact]
    public async Task TheUploadOfWhatWasDroppedIsAborted()
    {
        var bucket = await ceph.BucketAsync();
        using (var uploader = new Uploader(_folder.Path, ceph.Url, bucket, maxBytes: 32 << 20))
        {
            await uploader.AddAsync(Uploader.Bytes(Large));
            uploader.Wire.Before = request => Wire.PartNumber(request.RequestUri!.Query) == 2
                ? throw new IOException("crash")
                : Task.CompletedTask;
            await Assert.ThrowsAnyAsync<Exception>(uploader.SendNextAsync);
            await uploader.AddAsync(Uploader.Bytes(Large, 2), second: 1);
            Assert.Equal(1, uploader.Counters["objects.dropped"]);
            Assert.Equal(1, await ceph.UploadsAsync(bucket));
        }

        using var again = new Uploader(_folder.Path, ceph.Url, bucket, maxBytes: 32 << 20);
        await again.SendNextAsync();

        Assert.Equal(0, await ceph.UploadsAsync(bucket));
        Assert.Single(await ceph.KeysAsync(bucket));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task AnUrgentObjectGoesBetweenTwoPartsOfALargeOne()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var large = await uploader.AddAsync(Uploader.Bytes(Large));
        uploader.Wire.After = async request =>
        {
            if (Wire.PartNumber(request.RequestUri!.Query) == 1)
                await uploader.AddAsync(Uploader.Bytes(1000, 2), urgent: true);
        };
        await uploader.SendNextAsync();
        Assert.Equal([1], uploader.Wire.Parts);
        await uploader.SendNextAsync();
        Assert.Single(await ceph.KeysAsync(bucket));
        await uploader.SendNextAsync();

        Assert.Equal([1, 2, 3], uploader.Wire.Parts);
        Assert.Contains(uploader.KeyOf(large), await ceph.KeysAsync(bucket));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Large)]
    public async Task OfTwoUploadersOneWinsAndBothAreDone(int bytes)
    {
        var bucket = await ceph.BucketAsync();
        using var other = new TemporaryFolder();
        using var one = new Uploader(_folder.Path, ceph.Url, bucket);
        using var two = new Uploader(other.Path, ceph.Url, bucket);
        var rounds = bytes == Large ? 1 : 10;
        for (var round = 0; round < rounds; round++)
        {
            await one.AddAsync(Uploader.Bytes(bytes, round));
            await two.AddAsync(Uploader.Bytes(bytes, round));
            await Task.WhenAll(one.SendNextAsync(), two.SendNextAsync());
        }

        Assert.Equal(rounds, (await ceph.KeysAsync(bucket)).Count);
        Assert.Equal((0, 0), (one.Outbox.State.Files, two.Outbox.State.Files));
        Assert.Equal((rounds, rounds), ((int)one.Book.State.SentFiles, (int)two.Book.State.SentFiles));
        Assert.Equal(0, await ceph.UploadsAsync(bucket));
        if (bytes != Large)
            Assert.Equal(
                (rounds, rounds),
                (one.Wire.Count("PUT", 200) + two.Wire.Count("PUT", 200), one.Wire.Count("PUT", 412) + two.Wire.Count("PUT", 412)));
    }

    [Fact]
    public async Task AnotherObjectUnderTheKeyIsNeitherOverwrittenNorTakenForOurs()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var o = await uploader.AddAsync(Uploader.Bytes(1000));
        using var client = ceph.Client();
        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = uploader.KeyOf(o), ContentBody = "not ours" });

        Assert.True(await uploader.SendNextAsync());

        Assert.Equal("not ours"u8.ToArray(), await ceph.ContentAsync(bucket, uploader.KeyOf(o)));
        Assert.Equal((0, 1), (uploader.Outbox.State.Files, uploader.Outbox.State.RefusedFiles));
        Assert.Equal(1, uploader.Counters["objects.refused"]);
        Assert.Contains(
            "another object",
            await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(_folder.Path, "refused"), "*.reason.txt").Single()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong secret", "SignatureDoesNotMatch")]
    [InlineData("no bucket", "NoSuchBucket")]
    public async Task WhatOnlyAPersonCanMendIsToldAndNothingIsDeleted(string what, string reason)
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(
            _folder.Path, ceph.Url, what == "no bucket" ? "absent-" + bucket : bucket,
            what == "wrong secret" ? Ceph.WrongSecret : Ceph.Credentials);
        await uploader.AddAsync(Uploader.Bytes(1000));

        await uploader.Uplink.StartAsync(CancellationToken.None);
        await uploader.Log.SaidAsync(6002);
        var state = uploader.Book.State;
        await uploader.Uplink.StopAsync(CancellationToken.None);

        Assert.Equal(StoreState.Blocked, state.State);
        Assert.Contains(reason, state.LastError, StringComparison.Ordinal);
        Assert.Equal(1, uploader.Outbox.State.Files);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.object"));
    }

    /// <summary>The uplink asks the clock to wait: up to a second after an outage, minutes after a refusal.</summary>
    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(true, 300, 600)]
    public async Task TheNextTryWaits(bool refusal, int fromSeconds, int toSeconds)
    {
        var bucket = await ceph.BucketAsync();
        var time = new TellingTime();
        using var uploader = new Uploader(_folder.Path, refusal ? ceph.Url : "http://127.0.0.1:1", bucket, Ceph.WrongSecret, time: time);
        await uploader.AddAsync(Uploader.Bytes(1000));
        var requests = 0;
        uploader.Wire.Before = _ => Task.FromResult(Interlocked.Increment(ref requests));
        await uploader.Uplink.StartAsync(CancellationToken.None);
        await uploader.Log.SaidAsync(6002);

        // The request's own watch is the one timer of exactly a minute.
        Assert.InRange(
            await time.WaitForAsync(d => d != TimeSpan.FromMinutes(1)), TimeSpan.FromSeconds(fromSeconds), TimeSpan.FromSeconds(toSeconds));
        Assert.Equal(1, requests);
        await uploader.Uplink.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task AnObjectThatChangedOnTheDiskIsNotSent()
    {
        var bucket = await ceph.BucketAsync();
        using var uploader = new Uploader(_folder.Path, ceph.Url, bucket);
        var o = await uploader.AddAsync(Uploader.Bytes(1000));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, o.Id + ".object"), Uploader.Bytes(1000, 9));

        await uploader.SendNextAsync();

        Assert.Empty(await ceph.KeysAsync(bucket));
        Assert.Equal((0, 1), (uploader.Outbox.State.Files, uploader.Outbox.State.RefusedFiles));
    }
}

/// <summary>A clock that stands still and tells which waits it was asked for.</summary>
internal sealed class TellingTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _asked = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _asked.Writer.TryWrite(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public async Task<TimeSpan> WaitForAsync(Func<TimeSpan, bool> which)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var asked = await _asked.Reader.ReadAsync(patience.Token);
            if (asked >= TimeSpan.Zero && which(asked))
                return asked;
        }
    }
}
