using IotGateway.Edge.Decode;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Pipeline;

/// <summary>Takes messages that cannot be used: counts each, says so in the log, and keeps it in the quarantine.</summary>
internal sealed class Refusals(Quarantine quarantine, Discards discards, Counters counters, TimeProvider time, ILogger<Refusals> log)
{
    /// <summary>Of a message whose device is not known the topic stands for it.</summary>
    private const int LongestTopic = 256;

    private readonly Allowance _allowance = new(time);

    /// <summary>Takes a message; returns when it is kept, or cannot be, or is one of too many of its kind today.</summary>
    public void Add(Observed message, string reason, string explanation)
    {
        discards.Count(reason, message.Source, explanation);
        if (!_allowance.Take(DeviceOf(message), reason, IsOfOwnDevice(message, reason)))
        {
            counters.Add("quarantine.not_kept");
            return;
        }

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

    /// <summary>A frame's profile is looked for first: what else is wrong with it is found in a device that has one.</summary>
    private static bool IsOfOwnDevice(Observed message, string reason) => message.Content is Uplink && reason != "unknown_device";

    private static string DeviceOf(Observed message) => message.Content switch
    {
        Uplink uplink => uplink.DevEui.ToString(),
        DeviceEvent happened => happened.DevEui.ToString(),
        Measurements measurements => measurements.Device.ToString(),
        _ when message.Raw.Topic.Length > LongestTopic => message.Raw.Topic[..LongestTopic],
        _ => message.Raw.Topic,
    };
}
