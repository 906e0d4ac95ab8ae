using System.Net;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Objects;
using IotGateway.Tests.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>Against Ceph's RADOS gateway; what it does not check (owner, region) against a page that answers as AWS does.</summary>
public sealed class S3ObjectsTests(Ceph ceph) : ObjectStoreTests, IDisposable
{
    private static readonly AwsOptions Options = new() { Region = "us-east-1" };

    private readonly List<S3Objects> _stores = [];

    public void Dispose() => _stores.ForEach(s => s.Dispose());

    [Fact]
    public async Task AWrongSecretIsToldAtOnce()
    {
        var bucket = await ceph.BucketAsync();
        var store = new S3Objects(bucket, Options, ceph.Url, TimeProvider.System, Ceph.WrongSecret);
        _stores.Add(store);

        var failure = await Assert.ThrowsAsync<AwsException>(() => store.PutNewAsync("a", new byte[] { 1 }, Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.StartsWith(
            $"bucket {bucket}, put a: SignatureDoesNotMatch: the credentials are refused.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABucketThatDoesNotExistIsToldAtOnce()
    {
        await ceph.BucketAsync();
        var store = Store("nobodys-bucket");

        foreach (var call in new Func<Task>[]
        {
            () => store.GetAsync("a", Stop), () => store.PutNewAsync("a", new byte[] { 1 }, Stop), () => KeysAsync(store, ""),
        })
        {
            var failure = await Assert.ThrowsAsync<AwsException>(call);
            Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
            Assert.Contains("NoSuchBucket: the bucket does not exist.", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ABucketOfAnotherOwnerIsToldAtOnce()
    {
        var bucket = await ceph.BucketAsync();
        await ceph.StrangerAsync();
        var store = new S3Objects(bucket, Options, ceph.Url, TimeProvider.System, Ceph.Stranger);
        _stores.Add(store);

        var failure = await Assert.ThrowsAsync<AwsException>(() => store.PutNewAsync("a", new byte[] { 1 }, Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.Contains("belongs to another account", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOwnerIsNamedInEachCall()
    {
        await using var aws = await PageAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers["x-amz-expected-bucket-owner"] == "123456789012" ? 200 : 403;
            return "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        });
        using var store = new S3Objects(
            "b", new AwsOptions { Region = "us-east-1", Account = "123456789012" }, aws.Urls.First(), TimeProvider.System,
            Ceph.Credentials);

        await store.PutNewAsync("a", new byte[] { 1 }, Stop);
        await store.PutAsync("a", new byte[] { 1 }, Stop);
        await store.DeleteAsync("a", Stop);
        Assert.Empty(await KeysAsync(store, ""));
        Assert.NotNull(await store.GetAsync("a", Stop));
        Assert.False(await store.KeepsVersionsAsync(Stop));
    }

    [Fact]
    public async Task ATransformThatIsRefusedSaysWhyAndGoesOn()
    {
        var bucket = await ceph.BucketAsync();
        var store = new S3Objects(bucket, Options, ceph.Url, TimeProvider.System, Ceph.WrongSecret);
        _stores.Add(store);
        using var bench = new CuratedBench(store);
        var lake = new CuratedLake();
        using var writer = new CuratedWriter(
            bench.Transform(), new Sweep(store, bench.Publisher(), bench.Time), lake, new CuratedOptions(), TimeProvider.System,
            NullLogger<CuratedWriter>.Instance);
        await writer.StartAsync(Stop);

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (lake.Problem is null)
            await pause.WaitForNextTickAsync(Stop);

        Assert.Contains("the credentials are refused", lake.Problem, StringComparison.Ordinal);
        Assert.False(writer.ExecuteTask!.IsCompleted);
        await writer.StopAsync(Stop);
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently, "PermanentRedirect", "another region than Aws:Region")]
    [InlineData(HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed", "another region than Aws:Region")]
    [InlineData(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", "clock is wrong")]
    [InlineData(HttpStatusCode.NotImplemented, "NotImplemented", "conditional puts")]
    public async Task WhatOnlyAPersonCanMendIsToldAtOnce(HttpStatusCode status, string code, string expected)
    {
        var calls = 0;
        await using var aws = await PageAsync(context =>
        {
            calls++;
            context.Response.StatusCode = (int)status;
            return $"<Error><Code>{code}</Code><Message>said</Message></Error>";
        });
        using var store = new S3Objects("b", Options, aws.Urls.First(), TimeProvider.System, Ceph.Credentials);

        var failure = await Assert.ThrowsAsync<AwsException>(() => store.PutNewAsync("a", new byte[] { 1 }, Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(503, "SlowDown")]
    [InlineData(500, "InternalError")]
    [InlineData(409, "ConditionalRequestConflict")]
    public async Task WhatMayPassIsTriedAgain(int status, string code)
    {
        var calls = 0;
        await using var aws = await PageAsync(context =>
        {
            context.Response.StatusCode = ++calls < 3 ? status : 200;
            return calls < 3 ? $"<Error><Code>{code}</Code></Error>" : "";
        });
        using var store = new S3Objects("b", Options, aws.Urls.First(), TimeProvider.System, Ceph.Credentials);

        Assert.True(await store.PutNewAsync("a", new byte[] { 1 }, Stop));
        Assert.Equal(3, calls);
    }

    internal override async Task<IObjectStore> OpenAsync() => Store(await ceph.BucketAsync());

    private S3Objects Store(string bucket)
    {
        var store = new S3Objects(bucket, Options, ceph.Url, TimeProvider.System, Ceph.Credentials);
        _stores.Add(store);
        return store;
    }

    private static async Task<WebApplication> PageAsync(Func<HttpContext, string> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, Stop);
            var body = answer(context);
            await context.Response.WriteAsync(body, Stop);
        });
        await app.StartAsync(Stop);
        return app;
    }
}
