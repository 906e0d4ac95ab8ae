using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Configuration section <c>Regions</c>.</summary>
internal sealed class RegionsOptions
{
    /// <summary>
    /// A table of the survey's newest figures, read again each hour: <c>state</c> (postal code), <c>year</c>, <c>quarter</c>,
    /// <c>loss_pct</c>, <c>varroa_pct</c>. Empty, the default value, for what the outlooks hold alone.
    /// </summary>
    public string Survey { get; set; } = "";

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static RegionsOptions Read(IConfiguration configuration) =>
        configuration.Read("Regions", s => s.Get<RegionsOptions>(Options.Strict));
}
