using System.Diagnostics;
using System.Text.Json;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>
/// The unit as it is shipped, under a real systemd, with all its restrictions: user, file system, system calls, watchdog.
/// </summary>
public sealed class SystemdTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-systemd");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _port = Chain.FreePort();
    private readonly Mosquitto _source;
    private Systemd? _systemd;

    public SystemdTests() => _source = Mosquitto.Plain(_folder.FullName);

    public async ValueTask InitializeAsync()
    {
        var obstacle = await Systemd.ObstacleAsync();
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        await _source.StartAsync();
        using var authority = new TestAuthority(Path.Combine(_folder.FullName, "etc"));
        authority.IssueClient("gateway").Dispose();
        await File.WriteAllTextAsync(authority.In("edge.json"), $$"""
            {
              "Urls": "http://127.0.0.1:{{_port}}",
              "Gateway": { "Name": "gw-systemd" },
              "Sources": [{ "Name": "lorawan", "Port": {{_source.Port}} }],
              "Devices": [{ "Eui": "0004a30b00*", "Profile": "hive-node" }],
              "Forwarding": {
                "Port": {{Chain.FreePort()}},
                "CaFile": "/etc/iotgateway/ca.pem",
                "CertificateFile": "/etc/iotgateway/gateway.pem",
                "KeyFile": "/etc/iotgateway/gateway.key"
              }
            }
            """);
        _systemd = Systemd.Start(_folder.FullName, "WatchdogSec=6s");
        await UntilAsync("the gateway is up", async () => await StateAsync() == "active" && Connections() == 1);
    }

    [Fact]
    public async Task AStopIsCleanAndKeepsWhatTheCloudHasNot()
    {
        var frames = await ReceiveAsync(300);

        var start = Stopwatch.GetTimestamp();
        await _systemd!.ControlAsync("stop");

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(
            ("inactive", "success", "0"),
            (await StateAsync(), await _systemd.PropertyAsync("Result"), await _systemd.PropertyAsync("ExecMainStatus")));
        await _systemd.ControlAsync("start");
        await UntilAsync("it is up again with all of it", async () => await BufferedAsync() == frames);
        Assert.Equal("active", await StateAsync());
    }

    [Fact]
    public async Task WhatIsKilledComesBackByItself()
    {
        var frames = await ReceiveAsync(300);

        await _systemd!.ControlAsync("kill", "--signal=KILL", "--kill-who=main");

        await UntilAsync(
            "it is up again with all of it",
            async () => await _systemd.PropertyAsync("NRestarts") == "1" && await BufferedAsync() == frames);
    }

    [Fact]
    public async Task WhatGivesNoSignOfLifeIsStartedAnew()
    {
        var frames = await ReceiveAsync(300);
        var begun = await _systemd!.PropertyAsync("ExecMainStartTimestampMonotonic");
        Assert.Equal("6s", await _systemd.PropertyAsync("WatchdogUSec"));

        await _systemd.ControlAsync("kill", "--signal=STOP", "--kill-who=main");

        await UntilAsync(
            "it is up again with all of it",
            async () => await _systemd.PropertyAsync("NRestarts") == "1" && await BufferedAsync() == frames);
        Assert.NotEqual(begun, await _systemd.PropertyAsync("ExecMainStartTimestampMonotonic"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_systemd is not null)
            await _systemd.DisposeAsync();
        await _source.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        if (Directory.Exists(_folder.FullName))
            _folder.Delete(recursive: true);
    }

    private Task<string> StateAsync() => _systemd!.PropertyAsync("ActiveState");

    private int Connections() => _systemd!.Output.Split("Source lorawan: connected").Length - 1;

    /// <summary>Frames come and are durable; answers how many readings wait.</summary>
    private async Task<long> ReceiveAsync(int frames)
    {
        await using var field = await Field.ConnectAsync(_source);
        await field.PublishAsync(frames);
        await UntilAsync("the frames are buffered", async () => await BufferedAsync() >= frames);
        return await BufferedAsync();
    }

    private async Task<long> BufferedAsync()
    {
        try
        {
            using var status = JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/status.json")));
            return status.RootElement.GetProperty("buffer").GetProperty("readings").GetInt64();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return -1;
        }
    }

    private async Task UntilAsync(string what, Func<Task<bool>> right)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await right())
                await pause.WaitForNextTickAsync(giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(
                $"{what}: not reached. systemd: {await _systemd!.ControlAsync("status", "--no-pager")}\nThe gateway: {_systemd.Output}", e);
        }
    }
}
