using System.Collections.Frozen;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode;

/// <summary>Reads a payload of one kind of device.</summary>
internal delegate Decoded Profile(int fPort, ReadOnlySpan<byte> payload);

/// <summary>An entry of the configuration section <c>Devices</c>: which profile reads which nodes.</summary>
internal sealed class DeviceOptions
{
    /// <summary>A DevEUI of 16 hexadecimal digits, or the beginning of one followed by <c>*</c>.</summary>
    public string Eui { get; set; } = "";

    /// <summary>The profile's name; <c>hive-node</c> is our own.</summary>
    public string Profile { get; set; } = "";
}

/// <summary>Finds a node's profile by its DevEUI: an exact entry first, then the longest beginning. A node without one is refused.</summary>
internal sealed class DeviceProfiles
{
    private static readonly FrozenDictionary<string, Profile> Known = new Dictionary<string, Profile>(StringComparer.Ordinal)
    {
        ["hive-node"] = HiveNode.Read,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly (string Beginning, bool Exact, Profile Profile)[] _entries;

    /// <exception cref="FormatException">An entry is wrong; the message names its key, value and what was expected.</exception>
    public DeviceProfiles(IReadOnlyList<DeviceOptions> options)
    {
        var entries = new List<(string, bool, Profile)>();
        for (var i = 0; i < options.Count; i++)
        {
            var (eui, name) = (options[i].Eui?.ToLowerInvariant() ?? "", options[i].Profile ?? "");
            var exact = !eui.EndsWith('*');
            var beginning = exact ? eui : eui[..^1];
            if (!beginning.All(char.IsAsciiHexDigit) || (exact ? beginning.Length != 16 : beginning.Length >= 16))
                throw new FormatException($"Devices:{i}:Eui is '{options[i].Eui}'; expected 16 hexadecimal digits, or fewer followed by '*'.");
            if (!Known.TryGetValue(name, out var profile))
                throw new FormatException($"Devices:{i}:Profile is '{name}'; expected one of {string.Join(", ", Known.Keys)}.");
            entries.Add((beginning, exact, profile));
        }

        _entries = [.. entries.OrderByDescending(e => e.Item1.Length)];
    }

    /// <exception cref="RefusedException">No entry covers the node.</exception>
    public Profile For(DeviceId eui)
    {
        var text = eui.ToString();
        foreach (var (beginning, exact, profile) in _entries)
        {
            if (exact ? text == beginning : text.StartsWith(beginning, StringComparison.Ordinal))
                return profile;
        }

        throw new RefusedException("unknown_device", $"No entry of Devices covers the node {eui}; add its DevEUI with a profile to receive it.");
    }
}
