using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Uplinks;

namespace IotGateway.Edge.Fleet;

/// <summary>Keeps the settings that were set from afar over a restart, and puts them in force.</summary>
internal sealed class SettingsFile(string path, LiveTuning tuning, FleetBook book)
{
    /// <summary>Puts in force what was kept; a file that cannot be read is passed over, since the shadow has it all.</summary>
    public void Load()
    {
        if (!File.Exists(path))
            return;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is JsonObject kept)
                tuning.Now = Settings.Apply(kept, tuning.Configured, tuning.Configured).Tuning;
        }
        catch (JsonException)
        {
            book.Applied(new Dictionary<string, string> { ["settings"] = "the kept file cannot be read; the configured values are in force" }, null);
        }
    }

    /// <summary>Keeps what is desired, durably, then puts it in force.</summary>
    /// <returns>What was not applied, with the reason.</returns>
    public IReadOnlyDictionary<string, string> Apply(JsonObject desired, long? version)
    {
        var (next, rejected) = Settings.Apply(desired, tuning.Configured, tuning.Now);
        var changed = new JsonObject();
        var configured = Settings.Values(tuning.Configured);
        foreach (var (name, value) in Settings.Values(next).Where(s => s.Value != configured[s.Key]))
            changed[name] = value;
        var text = changed.ToJsonString();
        if (next != tuning.Now || !File.Exists(path))
            PrivateFile.Write(path, Encoding.UTF8.GetBytes(text));
        tuning.Now = next;
        book.Applied(rejected, version);
        return rejected;
    }
}
