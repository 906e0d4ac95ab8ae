using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Settings;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Fleet;

/// <summary>Keeps the settings that were set from afar over a restart, and puts them in force.</summary>
internal sealed class SettingsFile(string path, string provisionedPath, LiveTuning tuning, FleetStatus book)
{
    /// <summary>Puts in force what was kept; a file that cannot be read is passed over, since the shadow has it all.</summary>
    public void Load()
    {
        if (Kept(provisionedPath) is { } provisioned)
            tuning.Configured = RemoteSettings.Apply(provisioned, tuning.Configured, tuning.Configured).Tuning;
        tuning.Now = RemoteSettings.Apply(Kept(path) ?? [], tuning.Configured, tuning.Configured).Tuning;
    }

    /// <summary>
    /// Takes what the cloud gave along with the first certificate: it holds from now on wherever the shadow desires nothing else. Judged
    /// like what the shadow desires.
    /// </summary>
    /// <returns>What was not applied, with the reason.</returns>
    public IReadOnlyDictionary<string, string> Provision(JsonObject desired)
    {
        if (desired.Count == 0)
            return new Dictionary<string, string>();
        var (next, rejected) = RemoteSettings.Apply(desired, tuning.Configured, tuning.Configured);
        DurableFile.Write(provisionedPath, Encoding.UTF8.GetBytes(Difference(next, tuning.Configured).ToJsonString()));
        tuning.Configured = next;
        tuning.Now = RemoteSettings.Apply(Kept(path) ?? [], next, next).Tuning;
        book.Applied(rejected, null);
        return rejected;
    }

    /// <summary>Keeps what is desired, durably, then puts it in force.</summary>
    /// <returns>What was not applied, with the reason.</returns>
    public IReadOnlyDictionary<string, string> Apply(JsonObject desired, long? version)
    {
        var (next, rejected) = RemoteSettings.Apply(desired, tuning.Configured, tuning.Now);
        if (next != tuning.Now || !File.Exists(path))
            DurableFile.Write(path, Encoding.UTF8.GetBytes(Difference(next, tuning.Configured).ToJsonString()));
        tuning.Now = next;
        book.Applied(rejected, version);
        return rejected;
    }

    private JsonObject? Kept(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            // Looked through at once: a name that stands twice, or is half a character, shows only when it is asked for.
            var kept = JsonNode.Parse(OrdinaryFile.Read(file)) as JsonObject;
            return kept?.Select(k => k.Key).ToList() is null ? null : kept;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException || e.IsFromDisk())
        {
            book.Applied(
                new Dictionary<string, string> { [Path.GetFileName(file)] = "cannot be read; the configured values are in force" }, null);
            return null;
        }
    }

    private static JsonObject Difference(Tuning tuning, Tuning from)
    {
        var changed = new JsonObject();
        var before = RemoteSettings.Values(from);
        foreach (var (name, value) in RemoteSettings.Values(tuning).Where(s => s.Value != before[s.Key]))
            changed[name] = value;
        return changed;
    }
}
