namespace IotGateway.Cloud.Forecasts.Runs;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Task} failed; the hours of this step are left out")]
    public static partial void Failed(this ILogger<HourlyRuns> log, Exception error, string task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task} was too far behind: {Hours} h are left out")]
    public static partial void Skipped(this ILogger<HourlyRuns> log, string task, long hours);
}
