namespace IotGateway.Cloud.Regions.Runs;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} forecasts of states are scored by what the survey printed")]
    public static partial void Scored(this ILogger<RegionRuns> log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Forecasts of states are not kept or scored this time")]
    public static partial void Failed(this ILogger<RegionRuns> log, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Regions:Survey {File} is set aside, nothing is scored by it: {Detail}")]
    public static partial void Unreadable(this ILogger<RegionRuns> log, string file, string detail);
}
