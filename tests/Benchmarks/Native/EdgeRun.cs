using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Benchmarks.Native;

/// <summary>Cost of one run of a gateway: started, given frames by a broker, and stopped, with the cloud away.</summary>
/// <param name="StartSeconds">From the start to the page's first answer.</param>
/// <param name="StartProcessor">Processor seconds until then.</param>
/// <param name="IdleMegabytes">Resident memory then.</param>
/// <param name="FramesProcessor">Processor seconds for the frames.</param>
/// <param name="FullMegabytes">Resident memory after them.</param>
internal sealed record EdgeRun(
    double StartSeconds, double StartProcessor, double IdleMegabytes, double FramesProcessor, double FullMegabytes)
{
    private const int InFlight = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<EdgeRun> OfAsync(EdgeProgram program, int frames)
    {
        var folder = Directory.CreateTempSubdirectory("native-benchmark-");
        try
        {
            using var authority = new TestAuthority(Path.Combine(folder.FullName, "pki"));
            authority.IssueClient("gw-bench").Dispose();
            await using var broker = Mosquitto.Plain(folder.FullName);
            await broker.StartAsync();
            var status = FreePort();
            var start = new ProcessStartInfo(program.Path, [
                "--Urls", $"http://127.0.0.1:{status}", "--Gateway:Name", "gw-bench", "--Gateway:DataDirectory",
                Path.Combine(folder.FullName, "edge"),
                "--Sources:0:Name", "lorawan", "--Sources:0:Port", $"{broker.Port}", "--Devices:0:Eui", "0004a30b00*",
                "--Devices:0:Profile", "hive-node",
                $"--{Section}:Port", $"{FreePort()}", $"--{Section}:CaFile", authority.In("ca.pem"),
                $"--{Section}:CertificateFile", authority.In("gw-bench.pem"), $"--{Section}:KeyFile", authority.In("gw-bench.key"),
                "--Logging:LogLevel:Default", "Error"]);
            var clock = Stopwatch.StartNew();
            using var edge = Process.Start(start)!;
            try
            {
                return await MeasureAsync(edge, clock, broker, new Uri($"http://127.0.0.1:{status}/status.json"), frames);
            }
            finally
            {
                edge.Kill();
                await edge.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The options of the way to the cloud.</summary>
    private static string Section => IotGateway.Edge.Forwarding.Cloud.ForwardingOptions.Section;

    private static async Task<EdgeRun> MeasureAsync(Process edge, Stopwatch clock, Mosquitto broker, Uri status, int frames)
    {
        using var http = new HttpClient();
        await UntilAsync(http, status, _ => true);
        var (startSeconds, startProcessor, idle) = (clock.Elapsed.TotalSeconds, Processor(edge), Resident(edge));
        await UntilAsync(
            http, status,
            s => s.GetProperty("sources").EnumerateArray().Any(source => source.GetProperty("state").GetString() == "connected"));
        var before = Processor(edge);
        await PublishAsync(broker, frames);
        await UntilAsync(http, status, s => s.GetProperty("buffer").GetProperty("readings").GetInt64() >= frames);
        return new EdgeRun(startSeconds, startProcessor, idle, Processor(edge) - before, Resident(edge));
    }

    private static double Processor(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

    private static async Task UntilAsync(HttpClient http, Uri status, Func<JsonElement, bool> right)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            try
            {
                using var answer = JsonDocument.Parse(await http.GetStringAsync(status, giveUp.Token));
                if (right(answer.RootElement))
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        while (await pause.WaitForNextTickAsync(giveUp.Token));
    }

    /// <summary>Publishes frames of one reading each: a temperature, by firmware-sim/PAYLOAD.md.</summary>
    private static async Task PublishAsync(Mosquitto broker, int frames)
    {
        var start = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithClientId("field").Build());
        var publishing = new Queue<Task>();
        for (var frame = 1; frame <= frames; frame++)
        {
            var (eui, at) = (
                (frame % 7).ToString("x16", CultureInfo.InvariantCulture).Replace("000000000000", "0004a30b0000", StringComparison.Ordinal),
                start.AddSeconds(frame));
            byte[] payload =
            [
                1, .. BitConverter.GetBytes(BinaryOrder((uint)at.ToUnixTimeSeconds())), 0, 1, (byte)(frame % 15), (byte)frame,
            ];
            var json = $$"""
                {"deduplicationId":"{{frame}}","time":"{{at:O}}","deviceInfo":{"devEui":"{{eui}}"},"devAddr":"01ab{{frame % 7:x4}}",
                 "fCnt":{{frame}},"fPort":10,"data":"{{Convert.ToBase64String(payload)}}"}
                """;
            if (publishing.Count >= InFlight)
                await publishing.Dequeue();
            publishing.Enqueue(
                client.PublishStringAsync($"application/1/device/{eui}/event/up", json, MqttQualityOfServiceLevel.AtLeastOnce));
        }

        await Task.WhenAll(publishing);
    }

    private static uint BinaryOrder(uint value) =>
        BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) : value;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
