namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>Log lines of the scrub.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The lake could not be looked over and is looked at again: {Problem}")]
    public static partial void ScrubFailed(this ILogger log, string problem);
}
