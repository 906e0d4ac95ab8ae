using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Decode.Profiles;

/// <summary>An entry of the configuration section <c>Devices</c>: which profile reads which nodes.</summary>
internal sealed class DeviceOptions
{
    /// <summary>A DevEUI of 16 hexadecimal digits, or the beginning of one followed by <c>*</c>.</summary>
    public string Eui { get; set; } = "";

    /// <summary>The profile's name; <c>hive-node</c> is our own.</summary>
    public string Profile { get; set; } = "";

    /// <param name="configuration">The gateway's configuration.</param>
    /// <param name="section">The entry's path, such as <c>Devices:0</c>.</param>
    /// <exception cref="ConfigurationException">A value has the wrong form or a key is not known; the message names it.</exception>
    public static DeviceOptions Read(IConfiguration configuration, string section) =>
        configuration.Read(section, s => s.Get<DeviceOptions>(Options.Strict));
}
