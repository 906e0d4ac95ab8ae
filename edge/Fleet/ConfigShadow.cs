using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Settings;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Edge.Fleet;

/// <summary>
/// Follows the shadow named <c>config</c>: asks for it on connecting and whenever a delta comes, applies what is desired, reports what is
/// in force and what was refused. It always applies the whole of what is desired, so a lost or late delta does no harm.
/// </summary>
internal sealed class ConfigShadow(string gateway, SettingsFile settings, LiveTuning tuning, ILogger<ConfigShadow> log) : ICloudTopics
{
    private const int NotFound = 404;

    private readonly string _get = FleetTopics.ShadowGet(gateway);
    private readonly string _update = FleetTopics.ShadowUpdate(gateway);

    public IReadOnlyList<string> Topics =>
    [
        FleetTopics.Accepted(_get), FleetTopics.Rejected(_get), FleetTopics.Rejected(_update), FleetTopics.ShadowDelta(gateway),
    ];

    public async Task RunAsync(CloudLink link, CancellationToken connection)
    {
        await link.PublishAsync(_get, "{}"u8.ToArray(), connection);
        await foreach (var message in link.Messages.ReadAllAsync(connection))
        {
            try
            {
                await TakeAsync(link, message, connection);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
            {
                // A name that stands twice in an object is an ArgumentException.
                log.ShadowUnreadable(message.Topic, e.Message);
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                // The disk is full: what was in force stays so, and the readings go on. The shadow still has it, and the next connection
                // tries again.
                log.SettingsNotKept(e.Message);
            }
        }
    }

    private async Task TakeAsync(CloudLink link, Incoming message, CancellationToken connection)
    {
        if (message.Topic == FleetTopics.ShadowDelta(gateway))
        {
            await link.PublishAsync(_get, "{}"u8.ToArray(), connection);
            return;
        }

        var document = JsonNode.Parse(message.Payload) as JsonObject ?? throw new JsonException("an object was expected");
        if (message.Topic == FleetTopics.Accepted(_get))
        {
            var version = (long?)document["version"];
            await ApplyAsync(
                link, document["state"]?["desired"] as JsonObject ?? [], document["state"]?["reported"] as JsonObject ?? [], version,
                connection);
        }
        else if (message.Topic == FleetTopics.Rejected(_get) && (int?)document["code"] == NotFound)
        {
            // Nothing is desired yet; what is reported tells the operator what there is to set.
            await ApplyAsync(link, [], [], null, connection);
        }
        else
        {
            log.ShadowRefused(message.Topic, document["message"]?.ToString() ?? "");
        }
    }

    private async Task ApplyAsync(CloudLink link, JsonObject desired, JsonObject told, long? version, CancellationToken connection)
    {
        var before = tuning.Now;
        var rejected = settings.Apply(desired, version);
        if (tuning.Now != before)
            log.SettingsApplied(version ?? 0, string.Join(", ", RemoteSettings.Values(tuning.Now).Select(s => $"{s.Key} {s.Value}")));

        if (Report(told, rejected) is not { Count: > 0 } report)
            return;
        var update = new JsonObject
        {
            ["state"] = new JsonObject { ["reported"] = report },
            ["clientToken"] = Guid.NewGuid().ToString("N"),
        };
        await link.PublishAsync(_update, Encoding.UTF8.GetBytes(update.ToJsonString()), connection);
    }

    /// <summary>
    /// The part of the report that differs from what was told before: an update that changes nothing is not sent, or it and its delta would
    /// go round for ever.
    /// </summary>
    private JsonObject Report(JsonObject told, IReadOnlyDictionary<string, string> rejected)
    {
        var report = new JsonObject();
        foreach (var (name, value) in RemoteSettings.Values(tuning.Now))
        {
            if (!(told[name] is JsonValue known && known.TryGetValue<double>(out var number) && number == value))
                report[name] = value;
        }

        var toldRejected = told["rejected"] as JsonObject ?? [];
        var reasons = new JsonObject();
        foreach (var (name, reason) in rejected.Where(r => toldRejected[r.Key]?.ToString() != r.Value))
            reasons[name] = reason;
        foreach (var (name, _) in toldRejected.Where(t => !rejected.ContainsKey(t.Key)))
            reasons[name] = null;
        if (reasons.Count > 0)
            report["rejected"] = rejected.Count == 0 ? null : reasons;
        return report;
    }
}
