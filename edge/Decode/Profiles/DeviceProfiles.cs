using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Profiles;

/// <summary>
/// Finds a node's profile by its DevEUI: an exact entry first, then the longest beginning. A node without one is refused.
/// </summary>
internal sealed class DeviceProfiles
{
    private readonly (string Beginning, bool Exact, DeviceProfile Profile)[] _entries;

    /// <exception cref="ConfigurationException">An entry is wrong; the message names its key, value and what was expected.</exception>
    public DeviceProfiles(IReadOnlyList<DeviceOptions> options)
    {
        var entries = new List<(string, bool, DeviceProfile)>();
        for (var i = 0; i < options.Count; i++)
        {
            var (eui, name) = (options[i].Eui?.ToLowerInvariant() ?? "", options[i].Profile ?? "");
            var exact = !eui.EndsWith('*');
            var beginning = exact ? eui : eui[..^1];
            var sound = beginning.All(char.IsAsciiHexDigit) && (exact ? beginning.Length == 16 : beginning.Length < 16);
            Options.Check(sound, $"Devices:{i}:Eui", options[i].Eui, "16 hexadecimal digits, or fewer followed by '*'");
            var profile = KnownProfiles.Find(name);
            Options.Check(
                profile is not null, $"Devices:{i}:Profile", name, $"one of {string.Join(", ", KnownProfiles.All.Select(p => p.Name))}");
            entries.Add((beginning, exact, profile!));
        }

        _entries = [.. entries.OrderByDescending(e => e.Item1.Length)];
    }

    /// <exception cref="RefusedException">No entry covers the node.</exception>
    public DeviceProfile For(DeviceId eui)
    {
        var text = eui.ToString();
        foreach (var (beginning, exact, profile) in _entries)
        {
            if (exact ? text == beginning : text.StartsWith(beginning, StringComparison.Ordinal))
                return profile;
        }

        throw new RefusedException(
            "unknown_device", $"No entry of Devices covers the node {eui}; add its DevEUI with a profile to receive it.");
    }
}
