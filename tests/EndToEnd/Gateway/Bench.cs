using System.Text.Json;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>The gateway's program between two mosquitto brokers: the network server's, and the cloud's with mutual TLS.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Name = "gw-bench";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string Program = Repository.Program("edge", "IotGateway.Edge");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-bench");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _status = Chain.FreePort();
    private readonly TestAuthority _authority;

    private Bench(string cloudBroker)
    {
        _authority = new TestAuthority(In("pki"));
        _authority.IssueClient(Name).Dispose();
        Source = Mosquitto.Plain(_folder.FullName);
        Broker = Mosquitto.MutualTls(_folder.FullName, _authority, cloudBroker);
        Cloud = new Consumer(Broker, _authority);
    }

    public Mosquitto Source { get; }

    public Mosquitto Broker { get; }

    public Consumer Cloud { get; }

    public Field Field { get; private set; } = null!;

    public Running Edge { get; private set; } = null!;

    public string Data => In("edge");

    public static async Task<Bench> StartAsync(string cloudBroker = "", bool connectCloud = true, params string[] edge)
    {
        var bench = new Bench(cloudBroker);
        await bench.Source.StartAsync();
        await bench.Broker.StartAsync();
        if (connectCloud)
            await bench.Cloud.ConnectAsync();
        await bench.StartEdgeAsync(edge);
        bench.Field = await Field.ConnectAsync(bench.Source);
        return bench;
    }

    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Starts the gateway and waits until its subscription stands.</summary>
    public async Task StartEdgeAsync(string[]? more = null, Dictionary<string, string>? environment = null)
    {
        Edge = new Running(
            "edge", Program, environment ?? [], [
                "--Urls", $"http://127.0.0.1:{_status}", "--Gateway:Name", Name, "--Gateway:DataDirectory", Data,
                "--Sources:0:Name", "lorawan", "--Sources:0:Port", $"{Source.Port}", "--Devices:0:Eui", "0004a30b00*",
                "--Devices:0:Profile", "hive-node",
                "--Forwarding:Port", $"{Broker.Port}", "--Forwarding:CaFile", _authority.In("ca.pem"),
                "--Forwarding:CertificateFile", _authority.In(Name + ".pem"), "--Forwarding:KeyFile", _authority.In(Name + ".key"),
                .. more ?? []]);
        await Edge.SaysAsync("Source lorawan: connected", Patience);
    }

    public async Task KillEdgeAsync()
    {
        await Edge.KillAsync();
        await Edge.DisposeAsync();
    }

    /// <summary>The gateway's status page as JSON; null while it does not answer.</summary>
    public async Task<JsonElement?> StatusAsync()
    {
        try
        {
            return JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_status}/status.json"))).RootElement;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public async Task<long> BufferedReadingsAsync() =>
        (await StatusAsync())?.GetProperty("buffer").GetProperty("readings").GetInt64() ?? -1;

    /// <summary>Asks again and again until the answer is right.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> right, TimeSpan? patience = null)
    {
        using var giveUp = new CancellationTokenSource(patience ?? Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await right())
                await pause.WaitForNextTickAsync(giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(
                $"{what}: not reached. {Cloud.Temperatures.Count} of {Field.Sent.Count} frames came. The "
                    + $"gateway:\n{string.Join('\n', Edge.Output.Split('\n').TakeLast(25))}", e);
        }
    }

    /// <summary>All that the field's broker took has come to the cloud, with its value, and the buffer is free.</summary>
    public async Task AllArrivesAsync(TimeSpan? patience = null)
    {
        await UntilAsync("every frame arrives", () => Task.FromResult(Cloud.Temperatures.Count >= Field.Sent.Count), patience);
        Assert.Equal(Field.Sent.OrderBy(s => s.Key), Cloud.Temperatures.OrderBy(s => s.Key));
        await UntilAsync("the buffer is free", async () => await BufferedReadingsAsync() == 0, patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (Edge is not null)
            await Edge.DisposeAsync();
        if (Field is not null)
            await Field.DisposeAsync();
        await Cloud.DisposeAsync();
        await Source.DisposeAsync();
        await Broker.DisposeAsync();
        _authority.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }
}
