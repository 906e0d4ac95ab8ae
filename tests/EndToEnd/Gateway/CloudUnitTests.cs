namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>The cloud's unit as it is shipped, under a real systemd, and the cloud's commands as root beside it.</summary>
public sealed class CloudUnitTests : IAsyncLifetime, IDisposable
{
    private const string Program = "/opt/iotgateway/cloud/IotGateway.Cloud";
    private const string Data = "/var/lib/iotgateway-cloud";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-cloud-unit");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _port = Chain.FreePort();
    private Systemd? _systemd;

    public async ValueTask InitializeAsync()
    {
        var obstacle = await Systemd.ObstacleAsync();
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.CreateSubdirectory("etc").FullName, "cloud.json"),
            $$"""{ "Urls": "http://127.0.0.1:{{_port}}", "Ingest": { "Port": {{Chain.FreePort()}} } }""");
        _systemd = Systemd.StartCloud(_folder.FullName, "");
        await UntilAsync("the cloud is up", HealthyAsync);
    }

    [Fact]
    public async Task RootsCommandsLeaveAServiceThatStarts()
    {
        var (code, said) = await _systemd!.RunBesideAsync(Program, "enroll", "hill", "--data", Data, "--out", "/root/hill");
        Assert.True(code == 0, said);
        await _systemd.ControlAsync("stop");
        Assert.Equal(
            ("success", "0", "0"),
            (await _systemd.PropertyAsync("Result"), await _systemd.PropertyAsync("ExecMainStatus"),
                await _systemd.PropertyAsync("LimitCORE")));
        foreach (var command in new string[][] { ["retain", "--raw-days", "1", "--apply"], ["erase", "--device", "a1"], ["rebuild"] })
        {
            (code, said) = await _systemd.RunBesideAsync([Program, .. command, "--data", Data]);
            Assert.True(code == 0, said);
        }

        await _systemd.ControlAsync("start");

        await UntilAsync("the cloud is up again", HealthyAsync);
        Assert.Equal("", (await _systemd.RunBesideAsync("find", Data, "!", "-user", "iotgateway-cloud")).Said);
    }

    public async ValueTask DisposeAsync()
    {
        if (_systemd is not null)
            await _systemd.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        if (Directory.Exists(_folder.FullName))
            _folder.Delete(recursive: true);
    }

    private async Task<bool> HealthyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task UntilAsync(string what, Func<Task<bool>> right)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (!await right())
                await pause.WaitForNextTickAsync(giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(
                $"{what}: not reached. systemd: {await _systemd!.ControlAsync("status", "--no-pager")}\nThe cloud: {_systemd.Output}", e);
        }
    }
}
