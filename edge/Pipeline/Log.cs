namespace IotGateway.Edge.Pipeline;

internal static partial class Log
{
    [LoggerMessage(
        3001, LogLevel.Warning, "Discarded from {Source}: {Reason}: {Explanation} ({Before} more of this reason since the last line)")]
    public static partial void Discarded(this ILogger log, string source, string reason, string explanation, long before);

    [LoggerMessage(
        3002, LogLevel.Error,
        "{Frames} frames could not be made durable ({Reason}); they stay unacknowledged at their source and are tried again in "
            + "{Seconds:0.0} s")]
    public static partial void NotDurable(this ILogger log, int frames, string reason, double seconds);

    [LoggerMessage(3003, LogLevel.Error, "A message from {Source} was refused ({Reason}) and could not be kept in the quarantine: {Why}")]
    public static partial void NotQuarantined(this ILogger log, string source, string reason, string why);
}
