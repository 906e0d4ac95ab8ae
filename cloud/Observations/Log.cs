namespace IotGateway.Cloud.Observations;

/// <summary>Log lines of the Observations room.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "The hot store {File} cannot be used ({Detail}); set aside as {Aside} and rebuilt from the raw lake")]
    public static partial void HotStoreSetAside(this ILogger log, string file, string detail, string aside);
}
