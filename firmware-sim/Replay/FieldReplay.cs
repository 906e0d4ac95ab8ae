using IotGateway.FirmwareSim.Broker;
using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim.Replay;

/// <summary>Plays a script to the broker: ledger first, then each message as soon as every subscriber has room for it.</summary>
internal sealed class FieldReplay(FieldScript script, FieldBroker broker, ReplayClock clock, Ledger? ledger)
{
    public ReplayProgress Progress { get; } = new(script.Frames);

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var transmission in script.Transmissions())
        {
            await clock.WaitUntilAsync(transmission.Time, cancellation);
            var written = false;
            foreach (var message in transmission.Messages)
            {
                clock.HeldUp(await broker.Queues.WaitForRoomAsync(cancellation));
                if (!written)
                    Record(transmission);
                written = true;
                await broker.PublishAsync(message, cancellation);
            }

            if (!written)
                Record(transmission);
            Progress.Add(transmission);
        }

        ledger?.Write(Progress.End());
    }

    private void Record(Transmission transmission)
    {
        if (transmission.Ledger is { } line)
            ledger?.Write(line);
    }
}
