using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Sites;

/// <summary>Configuration section <c>Apiary</c>: sites and the hives on them.</summary>
internal sealed class ApiaryOptions
{
    public List<SiteOptions> Sites { get; set; } = [];

    public List<HiveOptions> Hives { get; set; } = [];

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static ApiaryOptions Read(IConfiguration configuration) =>
        configuration.Read("Apiary", s => s.Get<ApiaryOptions>(Options.Strict));
}

internal sealed class SiteOptions
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public double Latitude { get; set; } = double.NaN;

    public double Longitude { get; set; } = double.NaN;

    /// <summary>An IANA zone such as America/Toronto.</summary>
    public string TimeZone { get; set; } = "";

    public Origin Origin { get; set; } = Origin.Live;

    public string? Weather { get; set; }

    public string? Attribution { get; set; }
}
