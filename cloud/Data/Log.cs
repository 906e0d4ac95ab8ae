namespace IotGateway.Cloud.Data;

/// <summary>Log lines of the Data room.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Critical,
        "The store {File} is damaged ({Detail}); the process ends, and the next start sets the file aside and makes the store anew")]
    public static partial void StoreDamaged(this ILogger<DamagedStores> log, string file, string detail);
}
