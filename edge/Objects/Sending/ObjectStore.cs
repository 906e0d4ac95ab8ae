using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using IotGateway.Aws;
using IotGateway.Hosting;

namespace IotGateway.Edge.Objects.Sending;

/// <summary>The few calls of S3 that sending makes. Retries are the sender's, so that they are counted, paced and told.</summary>
internal sealed class ObjectStore : IDisposable
{
    /// <summary>A request that moves no byte for this long is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly RateLimit? _rate;
    private readonly TimeProvider _time;

    /// <param name="credentials">Null for the standard chain.</param>
    /// <param name="http">Null for the SDK's own.</param>
    public ObjectStore(ObjectOptions options, TimeProvider time, AWSCredentials? credentials = null, HttpClientFactory? http = null)
    {
        (_bucket, _time) = (options.Bucket, time);
        _rate = options.BytesPerSecond == 0 ? null : new RateLimit(int.MaxValue, options.BytesPerSecond, time);
        Target = options.ServiceUrl.Length > 0
            ? $"{options.ServiceUrl.TrimEnd('/')}/{options.Bucket}"
            : $"s3://{options.Bucket} ({options.Region})";
        _client = AwsClients.S3(options.Region, options.ServiceUrl, Timeout.InfiniteTimeSpan, credentials, http);
    }

    /// <summary>Endpoint and bucket, for people and for the sidecars.</summary>
    public string Target { get; }

    /// <summary>Puts a whole object unless its key is taken (412).</summary>
    public Task PutAsync(string key, StoredObject o, byte[] bytes, int count, CancellationToken cancellation) => WatchedAsync(
        async (alive, watched) =>
        {
            var request = new PutObjectRequest
            {
                BucketName = _bucket,
                Key = key,
                ContentType = o.Label.ContentType,
                IfNoneMatch = "*",
                MD5Digest = Md5(bytes, count),
                InputStream = Paced(bytes, count, alive),
            };
            Describe(request.Metadata, o);
            return await _client.PutObjectAsync(request, watched);
        },
        cancellation);

    public async Task<string> BeginAsync(string key, StoredObject o, CancellationToken cancellation)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _bucket, Key = key, ContentType = o.Label.ContentType };
        Describe(request.Metadata, o);
        return (await WatchedAsync((_, watched) => _client.InitiateMultipartUploadAsync(request, watched), cancellation)).UploadId;
    }

    public async Task<string> PutPartAsync(MultipartUpload upload, int number, byte[] bytes, int count, CancellationToken cancellation) =>
        (await WatchedAsync(
            (alive, watched) => _client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _bucket,
                    Key = upload.Key,
                    UploadId = upload.UploadId,
                    PartNumber = number,
                    PartSize = count,
                    MD5Digest = Md5(bytes, count),
                    InputStream = Paced(bytes, count, alive),
                },
                watched),
            cancellation)).ETag;

    /// <summary>The parts that the store has, by number.</summary>
    public async Task<Dictionary<int, (string ETag, long Bytes)>> PartsAsync(MultipartUpload upload, CancellationToken cancellation)
    {
        var parts = new Dictionary<int, (string, long)>();
        var request = new ListPartsRequest { BucketName = _bucket, Key = upload.Key, UploadId = upload.UploadId };
        while (true)
        {
            var page = await WatchedAsync((_, watched) => _client.ListPartsAsync(request, watched), cancellation);
            foreach (var part in page.Parts ?? [])
                parts[part.PartNumber!.Value] = (part.ETag, part.Size!.Value);
            if (page.IsTruncated != true)
                return parts;
            request.PartNumberMarker = page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Makes the parts an object unless its key is taken (412, where the store knows the condition).</summary>
    public Task CompleteAsync(MultipartUpload upload, CancellationToken cancellation) => WatchedAsync(
        (_, watched) => _client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = _bucket,
                Key = upload.Key,
                UploadId = upload.UploadId,
                IfNoneMatch = "*",
                PartETags = [.. upload.ETags.Select((tag, i) => new PartETag(i + 1, tag))],
            },
            watched),
        cancellation);

    public Task AbortAsync(MultipartUpload upload, CancellationToken cancellation) => WatchedAsync(
        (_, watched) => _client.AbortMultipartUploadAsync(
            new AbortMultipartUploadRequest { BucketName = _bucket, Key = upload.Key, UploadId = upload.UploadId }, watched),
        cancellation);

    /// <summary>The object under the key: its size and the SHA-256 that its metadata names.</summary>
    public async Task<(long Bytes, string? Sha256)> HeadAsync(string key, CancellationToken cancellation)
    {
        var head = await WatchedAsync(
            (_, watched) => _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _bucket, Key = key }, watched),
            cancellation);
        return (head.ContentLength, head.Metadata["sha256"]);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The store checks it against what arrived; it guards the way, the SHA-256 guards the object.</summary>
    public static string Md5(byte[] bytes, int count)
    {
#pragma warning disable CA5351 // Content-MD5 and ETag are MD5 by S3's definition.
        return Convert.ToBase64String(MD5.HashData(bytes.AsSpan(0, count)));
#pragma warning restore CA5351
    }

    private static void Describe(MetadataCollection metadata, StoredObject o)
    {
        metadata["sha256"] = o.Sha256;
        metadata["device"] = o.Label.Device.ToString();
        metadata["time"] = o.Label.TakenAt.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        metadata["kind"] = o.Label.Kind;
    }

    private PacedStream Paced(byte[] bytes, int count, Action alive) => new(
        bytes, count, sent => _rate?.Take(sent) ?? TimeSpan.Zero, alive, _time);

    private async Task<T> WatchedAsync<T>(Func<Action, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stalled.Token);
        try
        {
            // Waited for beside the SDK too, which does not look at its token while it finds the credentials.
            return await call(() => stalled.CancelAfter(Patience), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException e) when (stalled.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"the store did not move for {Patience.TotalSeconds:0} s", e);
        }
    }
}
