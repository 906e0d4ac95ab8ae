using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Settings;

/// <summary>The configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    /// <summary>
    /// The gateway's name; its certificate's common name. Without one it is what the cloud named it by claim, and until then
    /// <c>Fleet:Parameters:SerialNumber</c>.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>The folder for buffer, quarantine and dead letters. The default value is <c>data</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>True when the cloud may name it otherwise.</summary>
    public bool MayBeRenamed { get; internal set; }

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static GatewayOptions Read(IConfiguration configuration) =>
        configuration.Read("Gateway", s => s.Get<GatewayOptions>(Options.Strict)).Checked();

    private GatewayOptions Checked()
    {
        Options.Check(
            Name.Length == 0 || GatewayId.IsValid(Name), "Gateway:Name", Name, $"1 to {GatewayId.MaxLength} letters, digits, '-' or '_'");
        Options.Check(!string.IsNullOrWhiteSpace(DataDirectory), "Gateway:DataDirectory", DataDirectory, "a folder");
        return this;
    }
}
