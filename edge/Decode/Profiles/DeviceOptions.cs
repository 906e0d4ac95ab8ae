namespace IotGateway.Edge.Decode.Profiles;

/// <summary>An entry of the configuration section <c>Devices</c>: which profile reads which nodes.</summary>
internal sealed class DeviceOptions
{
    /// <summary>A DevEUI of 16 hexadecimal digits, or the beginning of one followed by <c>*</c>.</summary>
    public string Eui { get; set; } = "";

    /// <summary>The profile's name; <c>hive-node</c> is our own.</summary>
    public string Profile { get; set; } = "";
}
