using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;

namespace IotGateway.Benchmarks.Peers;

/// <summary>An InfluxDB 1.6 server of this run alone; its default syncs the write-ahead log before it answers.</summary>
internal sealed class Influx : IAsyncDisposable
{
    private const string Program = "/usr/bin/influxd";

    private readonly Process _server;
    private readonly HttpClient _http;

    private Influx(Process server, HttpClient http) => (_server, _http) = (server, http);

    /// <summary>Null when it is not installed.</summary>
    public static async Task<Influx?> StartAsync(string folder)
    {
        if (!File.Exists(Program))
            return null;

        Directory.CreateDirectory(folder);
        var (port, rpc) = (Mosquitto.FreePort(), Mosquitto.FreePort());
        var configuration = Path.Combine(folder, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            """);
        var server =
            Process.Start(new ProcessStartInfo(Program, ["-config", configuration])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var made = await http.PostAsync("/query", new FormUrlEncodedContent([new("q", "create database bench")]));
                made.EnsureSuccessStatusCode();
                return new Influx(server, http);
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Readings as lines, made beforehand as ours are.</summary>
    public static byte[] Prepare(Reading[] readings)
    {
        var lines = new StringBuilder();
        foreach (var r in readings)
            lines.Append(
                CultureInfo.InvariantCulture,
                $"observations,device={r.Device},metric={r.Metric} value={r.Value},quality={(int)r.Quality}i "
                    + $"{r.Time.ToUnixTimeMilliseconds()}\n");
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    public async Task WriteAsync(byte[] prepared)
    {
        using var answer = await _http.PostAsync("/write?db=bench&precision=ms", new ByteArrayContent(prepared));
        answer.EnsureSuccessStatusCode();
    }

    public async Task<long> CountAsync()
    {
        using var answer = JsonDocument.Parse(
            await _http.GetByteArrayAsync("/query?db=bench&q=select%20count(value)%20from%20observations"));
        return answer.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0][1].GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }
}
