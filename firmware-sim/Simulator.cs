using System.Globalization;
using System.Net.Sockets;
using IotGateway.FirmwareSim.Broker;
using IotGateway.FirmwareSim.Options;
using IotGateway.FirmwareSim.Replay;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim;

/// <summary>One run: open the recordings, open the broker, wait for a subscriber, replay, stay until told to end.</summary>
internal sealed class Simulator(SimOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    public const int CannotListen = 3;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>The process's exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        FieldScript script;
        Ledger? ledger;
        try
        {
            script = FieldSources.Open(options);
            ledger = OpenLedger();
        }
        catch (OptionException e)
        {
            await error.WriteLineAsync(e.Message);
            return SimCommand.BadOptions;
        }

        await using var closed = ledger;
        FieldBroker broker;
        try
        {
            broker = await FieldBroker.StartAsync(options.Listen, options.MqttPort, options.NetworkServer, time);
        }
        catch (SocketException e)
        {
            await error.WriteLineAsync(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"--mqtt-port: {options.Listen}:{options.MqttPort} is taken by another program; choose another port."
                : $"--listen: cannot listen on {options.Listen}:{options.MqttPort}: {e.Message}.");
            return CannotListen;
        }

        try
        {
            await ReplayAsync(script, broker, ledger, cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await output.WriteLineAsync("ending");
        }

        await CloseAsync(broker);
        return 0;
    }

    private async Task ReplayAsync(FieldScript script, FieldBroker broker, Ledger? ledger, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"{options.NetworkServer.Title}: MQTT on {options.Listen}:{options.MqttPort}");
        await output.WriteLineAsync($"waiting for the first subscriber to {options.NetworkServer.TopicRoot}…");
        await broker.Queues.WaitForRoomAsync(cancellation);
        await output.WriteLineAsync(Announcement(script));

        var started = time.GetTimestamp();
        var replay = new FieldReplay(script, broker, new ReplayClock(time, options.Speed), ledger);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = PrintProgressAsync(replay.Progress, broker.Queues, ended.Token);
        try
        {
            await replay.RunAsync(cancellation);
        }
        finally
        {
            await ended.CancelAsync();
            await lines;
        }

        await output.WriteLineAsync(replay.Progress.Summary(time.GetElapsedTime(started)));
        await output.WriteLineAsync("the broker stays up until SIGINT or SIGTERM");
    }

    private string Announcement(FieldScript script)
    {
        var recorded = script.Sources.Count(s => s.Node.Origin == "recorded");
        var speed = options.Speed == 0
            ? "as fast as it is taken"
            : string.Create(CultureInfo.InvariantCulture, $"{options.Speed} times real time");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"replaying {recorded} recorded and {script.Sources.Count - recorded} synthetic hives, {script.Frames:N0} frames, {speed}");
    }

    private async Task PrintProgressAsync(ReplayProgress progress, SubscriberQueues queues, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(BetweenLines, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                await output.WriteLineAsync(progress.Line() + (queues.Obstacle is { } obstacle ? $"; held up: {obstacle}" : ""));
        }
        catch (OperationCanceledException)
        {
            // The replay is over.
        }
    }

    private Ledger? OpenLedger()
    {
        if (options.LedgerFile is not { } path)
            return null;

        try
        {
            return Ledger.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OptionException("--ledger", path, "a file that can be written");
        }
    }

    private async Task CloseAsync(FieldBroker broker)
    {
        try
        {
            await broker.DisposeAsync().AsTask().WaitAsync(Grace, time);
        }
        catch (TimeoutException)
        {
            await error.WriteLineAsync("the broker's connections did not close in time; ending all the same");
        }
    }
}
