namespace IotGateway.Cloud.Weather.Providers;

/// <summary>A question to a provider.</summary>
/// <param name="Provider">Whom it is for.</param>
/// <param name="Place">The site it is for.</param>
/// <param name="Address">Where to. Its query may hold a key: it is never logged and never part of a failure.</param>
internal sealed record WeatherRequest(string Provider, string Place, Uri Address)
{
    /// <summary>Name that we give ourselves; some providers refuse those who give none.</summary>
    public string UserAgent { get; init; } = "IotGateway";

    /// <summary>The most bytes taken of an answer, after decompression.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;
}
