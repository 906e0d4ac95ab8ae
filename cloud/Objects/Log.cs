namespace IotGateway.Cloud.Objects;

/// <summary>Log lines of the stores of objects.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Path} is none of the store's names and is left alone")]
    public static partial void StrayName(this ILogger log, string path);
}
