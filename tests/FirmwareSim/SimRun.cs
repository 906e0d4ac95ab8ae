using System.Globalization;
using IotGateway.FirmwareSim.Options;

namespace IotGateway.FirmwareSim.Tests;

/// <summary>The simulator in this process, on a free port, ended with the test.</summary>
internal sealed class SimRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task<int> _run;

    private SimRun(int port, LinesWritten output, SimOptions options, TimeProvider time)
    {
        Port = port;
        Output = output;
        _run = new Simulator(options, output, output, time).RunAsync(_end.Token);
    }

    public int Port { get; }

    public LinesWritten Output { get; }

    public static async Task<SimRun> StartAsync(SimOptions options, TimeProvider? time = null)
    {
        var run = new SimRun(options.MqttPort, new LinesWritten(), options, time ?? TimeProvider.System);
        await run.Output.SeenAsync("waiting for the first subscriber");
        return run;
    }

    public Task Ended => Output.SeenAsync("replay ended");

    public async Task<int> StopAsync()
    {
        await _end.CancelAsync();
        return await _run.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }
}

/// <summary>Messages that a run will publish, known beforehand: the script is a pure function of the options.</summary>
internal static class Expected
{
    public static List<byte[]> Payloads(SimOptions options) =>
        [.. FieldSources.Open(options).Transmissions().SelectMany(t => t.Messages).Select(m => m.Payload)];

    public static int Distinct(SimOptions options) => Payloads(options).DistinctBy(Convert.ToHexString).Count();
}

/// <summary>Options for tests: two hives on three days, as fast as they are taken.</summary>
internal static class TestOptions
{
    public static SimOptions Create(
        string? ledger = null, double lost = 0.005, double duplicate = 0.02, double bad = 0, int seed = 1, int synthetic = 0,
        int days = 3) => new(
        Path.Combine(AppContext.BaseDirectory, "recordings"),
        0,
        System.Net.IPAddress.Loopback,
        Ports.Free(),
        DateTimeOffset.Parse("2021-07-01T00:00:00Z", CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2021-07-01T00:00:00Z", CultureInfo.InvariantCulture).AddDays(days),
        [3627, 3631],
        synthetic,
        ledger,
        NetworkServerKinds.All[0],
        new(seed, lost, duplicate, bad));
}
