using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace IotGateway.Tests.Services;

/// <summary>A real S3, Ceph's RADOS gateway, started when a test first asks for it.</summary>
public sealed class Ceph : IAsyncDisposable
{
    internal const string Key = "GATEWAYTESTACCESSKEY";
    internal const string Secret = "gateway-test-secret";
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("ceph-").FullName;
    private int _port;

    internal static AWSCredentials Credentials => new BasicAWSCredentials(Key, Secret);

    internal static AWSCredentials WrongSecret => new BasicAWSCredentials(Key, "another");

    /// <summary>Another account's, once <see cref="StrangerAsync"/> has made it.</summary>
    internal static AWSCredentials Stranger => new BasicAWSCredentials("STRANGERTESTACCESSKEY", "stranger-test-secret");

    internal string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>A client apart from the product's, to look at what is there.</summary>
    internal AmazonS3Client Client() => new(Credentials, new AmazonS3Config
    {
        ServiceURL = Url,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    /// <summary>Starts it when it does not run yet, and makes a bucket of its own for the test.</summary>
    internal async Task<string> BucketAsync()
    {
        foreach (var program in new[] { "ceph", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin" })
        {
            Assert.SkipUnless(
                (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program))),
                $"'{program}' is not installed: apt-get install ceph-mon ceph-osd radosgw (test.sh does).");
        }

        await _gate.WaitAsync();
        try
        {
            if (_port == 0)
            {
                var port = FreePorts(3);
                await ScriptAsync("start", _folder, port.ToString(CultureInfo.InvariantCulture), Key, Secret);
                _port = port;
            }
        }
        finally
        {
            _gate.Release();
        }

        var bucket = "test-" + Guid.NewGuid().ToString("N");
        using var client = Client();
        await client.PutBucketAsync(bucket);
        return bucket;
    }

    /// <summary>Makes an account that owns none of the buckets; once a store.</summary>
    internal async Task StrangerAsync()
    {
        var keys = await Stranger.GetCredentialsAsync();
        await ScriptAsync("user", _folder, "stranger", keys.AccessKey, keys.SecretKey);
    }

    internal async Task<List<string>> KeysAsync(string bucket)
    {
        using var client = Client();
        return
        [
            .. ((await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects ?? []).Select(o => o.Key),
        ];
    }

    internal async Task<int> UploadsAsync(string bucket)
    {
        using var client = Client();
        return ((await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket })).MultipartUploads
            ?? []).Count;
    }

    internal async Task<byte[]> ContentAsync(string bucket, string key)
    {
        using var client = Client();
        using var answer = await client.GetObjectAsync(bucket, key);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>kill -9 of the RADOS gateway; what it has stored stays in the OSD.</summary>
    internal async Task KillGatewayAsync()
    {
        var id = int.Parse(
            (await File.ReadAllTextAsync(Path.Combine(_folder, "run", "client.rgw.pid"))).Trim(), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync();
    }

    internal Task StartGatewayAsync() => ScriptAsync("gateway", _folder);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_folder, "port")))
            await ScriptAsync("stop", _folder);
        Directory.Delete(_folder, recursive: true);
        _gate.Dispose();
    }

    private static async Task ScriptAsync(params string[] arguments)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "IotGateway.sln")))
            root = root.Parent;
        // The daemons outlive the script, so its output goes to a file: a pipe would stay open with them.
        var log = Path.Combine(Path.GetTempPath(), $"ceph-{Guid.NewGuid():N}.log");
        var script = Path.Combine(root.FullName, "tests", "services", "ceph-rgw.sh");
        using var process =
            Process.Start(new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" \"$@\" >\"$LOG\" 2>&1 </dev/null", script, .. arguments])
            {
                UseShellExecute = false,
                Environment = { ["LOG"] = log },
            })!;
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        Assert.True(process.ExitCode == 0, $"ceph-rgw.sh {arguments[0]} failed: {said}");
    }

    private static int FreePorts(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 32_000);
            var listeners = Enumerable.Range(first, count).Select(p => new TcpListener(IPAddress.Loopback, p)).ToArray();
            try
            {
                foreach (var listener in listeners)
                    listener.Start();
                return first;
            }
            catch (SocketException)
            {
                // Taken: another draw.
            }
            finally
            {
                foreach (var listener in listeners)
                    listener.Dispose();
            }
        }
    }
}
