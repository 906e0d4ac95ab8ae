using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IotGateway.EndToEnd.Tests;

namespace IotGateway.Attack.Tests;

/// <summary>A cloud process on free ports over a folder of its own, that can be killed and started again.</summary>
internal sealed class AttackedCloud : IAsyncDisposable
{
    /// <summary>The hive of the gateway that does nothing wrong, and its device.</summary>
    public const string Hive = "w";
    public const string Device = "witness1";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Program = Repository.Program("cloud", "IotGateway.Cloud");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-attack");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly int _web = FreePort();
    private Running? _process;
    private long _peak;

    public int Port { get; } = FreePort();

    public string Data => In("cloud");

    public string Output => _process?.Output ?? "";

    /// <summary>The most memory that any of its processes had, in bytes, as seen at the last <see cref="LookAtMemory"/>.</summary>
    public long PeakMemory => _peak;

    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Enrols gateways and starts the cloud.</summary>
    public static async Task<AttackedCloud> StartAsync(params string[] gateways)
    {
        var cloud = new AttackedCloud();
        await File.WriteAllTextAsync(
            cloud.In("cloud.json"),
            $$$"""
            {
              "Apiary": {
                "Sites": [{ "Id": "s", "Name": "s", "Latitude": 45.5, "Longitude": -73.57, "TimeZone": "America/Toronto" }],
                "Hives": [{ "Id": "{{{Hive}}}", "Name": "witness", "Site": "s", "Device": "{{{Device}}}" }]
              }
            }
            """);
        foreach (var gateway in gateways)
        {
            await using var enrol = new Running("enroll", Program, "enroll", gateway, "--data", cloud.Data, "--out", cloud.In(gateway));
            await enrol.SaysAsync("is enrolled", Patience);
        }

        await cloud.RunAsync();
        return cloud;
    }

    public async Task RunAsync(params string[] more)
    {
        _process = new Running(
            "cloud", Program,
            ["--config", In("cloud.json"), "--urls", $"http://127.0.0.1:{_web}", "--data", Data, "--Ingest:Port", $"{Port}", .. more]);
        await _process.SaysAsync("Now listening on", Patience);
    }

    public async Task KillAsync()
    {
        LookAtMemory();
        await _process!.KillAsync();
        await _process.DisposeAsync();
    }

    /// <summary>Stops it as a supervisor does: what is in memory is written out and the log goes into raw objects.</summary>
    public async Task<int> StopAsync()
    {
        LookAtMemory();
        await _process!.StopAsync(Patience);
        return _process.ExitCode;
    }

    public void LookAtMemory()
    {
        if (_process is not { HasExited: false })
            return;
        var line = File.ReadLines($"/proc/{_process.ProcessId}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        _peak = Math.Max(_peak, 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A JSON answer; null while the cloud does not answer, or not with success.</summary>
    public async Task<JsonElement?> GetAsync(string path)
    {
        try
        {
            return JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_web}{path}"))).RootElement;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Times of the witness's readings that the cloud shows, in milliseconds since 1970.</summary>
    public async Task<HashSet<long>?> WitnessedAsync(DateTimeOffset from)
    {
        var times = new HashSet<long>();
        var next = $"/api/hives/{Hive}/readings?metric=hive_temperature&from={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff}Z"
            + $"&to={from.UtcDateTime.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}Z&limit=1000";
        while (next is not null)
        {
            if (await GetAsync(next) is not { } page)
                return null;
            foreach (var reading in page.GetProperty("readings").EnumerateArray())
                times.Add(reading.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds());
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        return times;
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(string what, Func<bool> isSo)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            if (giveUp.IsCancellationRequested)
                throw new TimeoutException($"{what}: not seen in {Patience.TotalSeconds:0} s");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Waits until some more of the witness's readings were seen.</summary>
    public async Task UntilSeenAsync(Witness witness, int more = 1)
    {
        var until = witness.Sent.Count + more;
        using var giveUp = new CancellationTokenSource(Patience);
        try
        {
            while (witness.Sent.Count <= until)
                await Task.Delay(50, giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The witness's readings are not seen. The cloud said:\n{Output}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
