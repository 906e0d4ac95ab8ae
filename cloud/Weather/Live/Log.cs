using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Weather.Live;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Weather of {Provider} for {Site} failed: {Fault}: {Detail} ({Failures} in a row)")]
    public static partial void Failed(this ILogger<WeatherRefresh> log, string provider, string site, WeatherFault fault, string detail, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Weather for {Site} cannot be kept on disk ({Detail}); it is served from memory")]
    public static partial void NotKept(this ILogger<WeatherRefresh> log, string site, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be read ({Detail}); it is kept as {Aside}, and the weather is asked for again")]
    public static partial void SetAside(this ILogger<WeatherCache> log, string file, string detail, string aside);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} is of another place, height or correction than configured now; it is not used")]
    public static partial void OtherPlace(this ILogger<WeatherCache> log, string file);
}
