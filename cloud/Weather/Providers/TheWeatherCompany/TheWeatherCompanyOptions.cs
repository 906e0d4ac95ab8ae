namespace IotGateway.Cloud.Weather.Providers.TheWeatherCompany;

/// <summary>The Weather Company's licence.</summary>
internal sealed class TheWeatherCompanyOptions
{
    /// <summary>The key. Best given by the environment: <c>Weather__TheWeatherCompany__ApiKey</c>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// True when your licence lets you keep its weather on disk. The default value is false: it stays in memory, two days.
    /// </summary>
    public bool Keep { get; set; }
}
