namespace IotGateway.Cloud.Weather.Providers.Recorded;

/// <summary>A recorded file: CSV, gzip when it ends in <c>.gz</c>, with the columns time_lst, temp_c, rh_pct, precip_mm.</summary>
internal sealed class RecordedWeatherOptions
{
    public string File { get; set; } = "";

    /// <summary>Hours that the file's times are ahead of UTC, -12 to 14; local standard time all year.</summary>
    public double UtcOffsetHours { get; set; }

    public string Attribution { get; set; } = "";
}
