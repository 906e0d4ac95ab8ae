using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Weather.Live;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Weather of {Provider} for {Site} failed: {Fault}: {Detail} ({Failures} in a row)")]
    public static partial void Failed(
        this ILogger<WeatherRefresh> log, string provider, string site, WeatherFault fault, string detail, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Weather for {Site} cannot be kept on disk ({Detail}); it is served from memory")]
    public static partial void NotKept(this ILogger<WeatherRefresh> log, string site, string detail);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{File} cannot be read ({Detail}); it is kept as {Aside}, and the weather is asked for again")]
    public static partial void SetAside(this ILogger<WeatherCache> log, string file, string detail, string aside);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be read ({Detail}); the weather is asked for again")]
    public static partial void NotRead(this ILogger<WeatherCache> log, string file, string detail);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{File} is of another place, height or correction than configured now; it is not used")]
    public static partial void OtherPlace(this ILogger<WeatherCache> log, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Days of ghcn-daily for {Site} failed: {Fault}: {Detail}")]
    public static partial void DaysFailed(this ILogger<DailyRefresh> log, string site, WeatherFault fault, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Days of ghcn-daily for {Site}: {Lines} lines cannot be read; the first: {First}")]
    public static partial void UnreadableLines(this ILogger<DailyRefresh> log, string site, int lines, string first);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Days of ghcn-daily for {Site} cannot be kept on disk ({Detail}); they are served from memory")]
    public static partial void DaysNotKept(this ILogger<DailyRefresh> log, string site, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be read ({Detail}); the days are asked for again")]
    public static partial void DaysUnreadable(this ILogger<DailyRefresh> log, string file, string detail);
}
