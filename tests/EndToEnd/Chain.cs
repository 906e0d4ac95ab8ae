using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace IotGateway.EndToEnd.Tests;

/// <summary>
/// Field, gateway and cloud as three processes on free ports over one scratch folder; each can be ended and started again.
/// </summary>
internal sealed class Chain : IAsyncDisposable
{
    public const string Gateway = "gw-test";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string CloudProgram = Repository.Program("cloud", "IotGateway.Cloud");
    private static readonly string EdgeProgram = Repository.Program("edge", "IotGateway.Edge");
    private static readonly string FieldProgram = Repository.Program("firmware-sim", "IotGateway.FirmwareSim");
    private static readonly string Recordings = Path.Combine(Repository.Root, "firmware-sim", "recordings");
    private static readonly string Demo = Path.Combine(Repository.Root, "firmware-sim", "demo");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-e2e");
    private readonly int _web = FreePort();
    private readonly int _status = FreePort();
    private readonly int _uplink = FreePort();
    private readonly int _lorawan = FreePort();

    public Running? Field { get; private set; }

    public Running? Edge { get; private set; }

    public Running? Cloud { get; private set; }

    public string CloudUrl => $"http://127.0.0.1:{_web}";

    public string EdgeUrl => $"http://127.0.0.1:{_status}";

    public string Ledger => In("ledger.jsonl");

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public async Task EnrollAsync()
    {
        await using var enroll = new Running("enroll", CloudProgram, "enroll", Gateway, "--data", In("cloud"), "--out", In("identity"));
        await enroll.SaysAsync("is enrolled", Patience);
    }

    public async Task StartCloudAsync()
    {
        Cloud = new Running(
            "cloud", CloudProgram, "--config", Path.Combine(Demo, "cloud.json"), "--urls", CloudUrl, "--data", In("cloud"), "--Ingest:Port",
            $"{_uplink}",
            "--Weather:Recorded:montreal:File", Path.Combine(Recordings, "montreal_hourly_2021_06_2022_12.csv.gz"));
        await Cloud.SaysAsync("Now listening on", Patience);
    }

    public async Task StartEdgeAsync(params string[] more)
    {
        Edge = new Running(
            "edge", EdgeProgram,
            ["--config", Path.Combine(
                Demo, "edge.json"), "--Urls", EdgeUrl, "--Gateway:Name", Gateway, "--Gateway:DataDirectory", In("edge"),
            "--Sources:0:Port", $"{_lorawan}", "--Forwarding:Port", $"{_uplink}", "--Forwarding:CaFile", In("identity/ca.pem"),
            "--Forwarding:CertificateFile", In("identity/gateway.pem"), "--Forwarding:KeyFile", In("identity/gateway.key"), .. more]);
        await Edge.SaysAsync("Buffer open", Patience);
    }

    public async Task ClaimAsync()
    {
        await using var claim = new Running("claim", CloudProgram, "claim", "--data", In("cloud"), "--out", In("claim"));
        await claim.SaysAsync("is issued", Patience);
    }

    /// <summary>Starts the gateway without any certificate but the claim.</summary>
    public async Task StartEdgeByClaimAsync()
    {
        Edge = new Running(
            "edge", EdgeProgram, "--config", Path.Combine(Demo, "edge.json"), "--Urls", EdgeUrl, "--Gateway:Name", Gateway,
            "--Gateway:DataDirectory", In("edge"),
            "--Sources:0:Port", $"{_lorawan}", "--Forwarding:Port", $"{_uplink}", "--Forwarding:CaFile", In("claim/ca.pem"),
            "--Fleet:ClaimCertificateFile", In("claim/claim.pem"), "--Fleet:ClaimKeyFile", In("claim/claim.key"));
        await Edge.SaysAsync("Buffer open", Patience);
    }

    public async Task StartFieldAsync(params string[] options)
    {
        Field = new Running(
            "field", FieldProgram, ["--recordings", Recordings, "--mqtt-port", $"{_lorawan}", "--ledger", Ledger, .. options]);
        await Field.SaysAsync($"MQTT on 127.0.0.1:{_lorawan}", Patience);
    }

    /// <summary>Asks again and again until the answer is right; the test's patience bounds it.</summary>
    public async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> right, TimeSpan? patience = null)
    {
        using var giveUp = new CancellationTokenSource(patience ?? Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        T? last = default;
        try
        {
            do
            {
                last = await ask();
                if (right(last))
                    return last;
            }
            while (await pause.WaitForNextTickAsync(giveUp.Token));
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new TimeoutException(
            $"{what}: not reached; last seen {last}.\nedge:\n{Tail(Edge)}\ncloud:\n{Tail(Cloud)}\nfield:\n{Tail(Field)}");
    }

    /// <summary>A JSON answer; null while the process does not answer.</summary>
    public async Task<JsonElement?> GetAsync(string url)
    {
        try
        {
            return JsonDocument.Parse(await Http.GetStringAsync(new Uri(url))).RootElement;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { Field, Edge, Cloud })
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Tail(Running? process) => process is null ? "" : string.Join('\n', process.Output.Split('\n').TakeLast(15));

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
