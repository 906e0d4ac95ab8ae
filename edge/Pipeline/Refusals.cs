using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Pipeline;

/// <summary>Takes messages that cannot be used: counts each, says so in the log, and keeps it in the quarantine.</summary>
internal sealed class Refusals(Quarantine quarantine, Discards discards, Counters counters, ILogger<Refusals> log)
{
    /// <summary>Takes a message; returns when it is kept, or cannot be.</summary>
    public void Add(Observed message, string reason, string explanation)
    {
        discards.Count(reason, message.Source, explanation);
        try
        {
            quarantine.Add(message.Source, message.Raw, message.At, reason, explanation);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // A full disk must not let a message that nobody can use stop those that are good.
            counters.Add("quarantine.dropped");
            log.NotQuarantined(message.Source, reason, e.Message);
        }
    }
}
