namespace IotGateway.Cloud.Hives.State;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Judging hive {Hive} failed; its hours of this step have no run")]
    public static partial void Failed(this ILogger<StateRuns> log, Exception error, string hive);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hive {Hive} was too far behind: {Hours} h are left out")]
    public static partial void Skipped(this ILogger<StateRuns> log, string hive, long hours);

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} cannot be read ({Detail}); it is kept as {Aside}, and the last month is judged again")]
    public static partial void SetAside(this ILogger<LiteStateStore> log, string file, string detail, string aside);
}
