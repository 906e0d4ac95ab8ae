using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Benchmarks.Cloud;
using IotGateway.Benchmarks.Edge;
using IotGateway.Benchmarks.Measures;
using IotGateway.Cloud.Ingest.Commit;

namespace IotGateway.Benchmarks.Mqtt;

/// <summary>
/// The cloud's broker in a process of its own with the cloud's runtime settings, as it runs: a compiler that saw another broker at work
/// would make another program of it.
/// </summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private const string ChildFolder = "IOTGATEWAY_BENCHMARK_BROKER";
    private const string ChildStores = "IOTGATEWAY_BENCHMARK_BROKER_STORES";
    private const string ChildGateways = "IOTGATEWAY_BENCHMARK_BROKER_GATEWAYS";

    private readonly Process _process;
    private readonly string _folder;

    private BrokerProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    public static bool IsChild => Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 };

    public int Port { get; private set; }

    /// <summary>Memory in use at the last <see cref="CatchUpAsync"/>, MB.</summary>
    public double Megabytes { get; private set; }

    /// <summary>Starts one with these gateways enrolled.</summary>
    public static async Task<BrokerProcess> StartAsync(string folder, bool store, IEnumerable<string> gateways)
    {
        Directory.CreateDirectory(folder);
        var settings = Path.Combine(AppContext.BaseDirectory, "IotGateway.Cloud.runtimeconfig.json");
        var start = new ProcessStartInfo(
            EdgeBacklog.DotnetHost(), ["exec", "--runtimeconfig", settings, typeof(BrokerProcess).Assembly.Location, "mqtt"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment[ChildFolder] = folder;
        start.Environment[ChildStores] = store ? "1" : "";
        start.Environment[ChildGateways] = string.Join(' ', gateways);
        var broker = new BrokerProcess(Process.Start(start)!, folder);
        broker.Port = (int)(await broker.AnswerAsync("port"))[0];
        return broker;
    }

    /// <summary>Certificates with which a gateway's client connects.</summary>
    public (X509Certificate2 Certificate, X509Certificate2 Authority) Identity(string gateway)
    {
        var files = Out(_folder, gateway);
        return (X509Certificate2.CreateFromPemFile(Path.Combine(files, "gateway.pem"), Path.Combine(files, "gateway.key")),
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(files, "ca.pem")));
    }

    /// <summary>Waits until the hot store has all.</summary>
    /// <returns>The processor time used since the last call.</returns>
    public async Task<TimeSpan> CatchUpAsync()
    {
        await _process.StandardInput.WriteLineAsync("catch up");
        await _process.StandardInput.FlushAsync();
        var answer = await AnswerAsync("used");
        Megabytes = answer[1];
        return TimeSpan.FromMicroseconds(answer[0]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The other side: serves until its input ends.</summary>
    public static async Task<IReadOnlyList<Ratio>> RunChildAsync()
    {
        var folder = Environment.GetEnvironmentVariable(ChildFolder)!;
        await using var cloud = await CloudHost.StartAsync(
            Path.Combine(folder, "data"), store: Environment.GetEnvironmentVariable(ChildStores) is { Length: > 0 });
        foreach (var gateway in Environment.GetEnvironmentVariable(ChildGateways)!.Split(' '))
            cloud.Enrol(gateway, Out(folder, gateway));
        Say($"port {cloud.Port}");
        var used = Environment.CpuUsage.TotalTime;
        while (await Console.In.ReadLineAsync() is not null)
        {
            await cloud.Get<HotStoreWriter>().CatchUpAsync();
            var now = Environment.CpuUsage.TotalTime;
            Say($"used {(now - used).TotalMicroseconds} {Environment.WorkingSet / 1e6}");
            used = now;
        }

        return [];
    }

    private static string Out(string folder, string gateway) => Path.Combine(folder, "gateways", gateway);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private async Task<double[]> AnswerAsync(string word)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(word + " ", StringComparison.Ordinal))
                return [.. line.Split(' ').Skip(1).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        }

        throw new InvalidOperationException($"The broker's process ended without saying '{word}'.");
    }
}
