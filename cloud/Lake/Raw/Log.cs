namespace IotGateway.Cloud.Lake.Raw;

/// <summary>Log lines of what is found in the lake.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Place}: {Detail}")]
    public static partial void LakeDamaged(this ILogger log, string place, string detail);

    [LoggerMessage(2, LogLevel.Warning, "{Place}: {Detail}; {Mended}")]
    public static partial void LakeMended(this ILogger log, string place, string detail, string mended);

    [LoggerMessage(3, LogLevel.Warning, "What was found missing or damaged in the lake could not be kept beyond this process: {Problem}")]
    public static partial void FaultsNotKept(this ILogger log, string problem);
}
