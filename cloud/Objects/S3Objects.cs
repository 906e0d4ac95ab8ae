using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;

namespace IotGateway.Cloud.Objects;

/// <summary>
/// Objects in an S3 bucket, or in what speaks like S3 and knows <c>If-None-Match</c>. For any number of processes: of several that put
/// one new key, one succeeds. Failures are <see cref="AwsException"/>s.
/// </summary>
internal sealed class S3Objects : IObjectStore, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly AmazonS3Client _client;
    private readonly AwsCalls _calls;
    private readonly string _bucket;
    private readonly string? _owner;

    /// <param name="bucket">The bucket's name.</param>
    /// <param name="options">Region, and the account that must own the bucket.</param>
    /// <param name="serviceUrl">Empty for AWS; the bucket is then part of the host's name, else of the path.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    public S3Objects(string bucket, AwsOptions options, string serviceUrl, TimeProvider time, AWSCredentials? credentials = null)
    {
        (_bucket, _owner) = (bucket, options.Account.Length > 0 ? options.Account : null);
        _calls = new AwsCalls($"bucket {bucket}", time);
        _client = AwsClients.S3(options.Region, serviceUrl, Timeout, credentials);
    }

    /// <inheritdoc/>
    /// <remarks>A put that succeeded while its answer was lost is repeated and then says false: there is one, and it is this one.</remarks>
    public Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _calls.DoAsync(
        $"put {ObjectKey.Checked(key)}",
        async stop =>
        {
            try
            {
                await _client.PutObjectAsync(Request(key, bytes, "*"), stop);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
        },
        cancellation);

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        _calls.DoAsync($"put {ObjectKey.Checked(key)}", stop => _client.PutObjectAsync(Request(key, bytes, null), stop), cancellation);

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => _calls.DoAsync(
        $"get {ObjectKey.Checked(key)}",
        async stop =>
        {
            try
            {
                using var answer = await _client.GetObjectAsync(
                    new GetObjectRequest { BucketName = _bucket, Key = key, ExpectedBucketOwner = _owner }, stop);
                var bytes = new byte[answer.ContentLength];
                await answer.ResponseStream.ReadExactlyAsync(bytes, stop);
                return bytes;
            }
            catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
            {
                return null;
            }
        },
        cancellation);

    public async IAsyncEnumerable<LakeObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, ExpectedBucketOwner = _owner };
        while (true)
        {
            var page = await _calls.DoAsync($"list {prefix}", stop => _client.ListObjectsV2Async(request, stop), cancellation);
            foreach (var found in page.S3Objects ?? [])
                yield return new LakeObject(found.Key, found.Size ?? 0);
            if (page.IsTruncated != true)
                yield break;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellation) => _calls.DoAsync(
        $"delete {ObjectKey.Checked(key)}",
        stop => _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _bucket, Key = key, ExpectedBucketOwner = _owner }, stop),
        cancellation);

    public Task<bool> KeepsVersionsAsync(CancellationToken cancellation) => _calls.DoAsync(
        "ask for versioning",
        async stop =>
            (await _client.GetBucketVersioningAsync(
                new GetBucketVersioningRequest { BucketName = _bucket, ExpectedBucketOwner = _owner },
                stop)).VersioningConfig?.Status is { } status
                && status != VersionStatus.Off,
        cancellation);

    public void Dispose() => _client.Dispose();

    private PutObjectRequest Request(string key, ReadOnlyMemory<byte> bytes, string? ifNoneMatch) => new()
    {
        BucketName = _bucket,
        Key = key,
        ExpectedBucketOwner = _owner,
        IfNoneMatch = ifNoneMatch,
        ContentType = "application/octet-stream",
#pragma warning disable CA5351 // Content-MD5 is MD5 by S3's definition; it guards the way.
        MD5Digest = Convert.ToBase64String(MD5.HashData(bytes.Span)),
#pragma warning restore CA5351
        InputStream = new MemoryStream(bytes.ToArray(), writable: false),
    };
}
