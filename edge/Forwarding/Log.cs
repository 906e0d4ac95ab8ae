namespace IotGateway.Edge.Forwarding;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Forwarding: connected to {Host}:{Port}; {Backlog} in the buffer")]
    public static partial void CloudConnected(this ILogger log, string host, int port, string backlog);

    [LoggerMessage(
        4002, LogLevel.Warning,
        "Forwarding: no connection to {Host}:{Port} ({Reason}); the buffer keeps {Batches}; next try in {Seconds:0.0} s")]
    public static partial void CloudLost(this ILogger log, string host, int port, string reason, string batches, double seconds);

    [LoggerMessage(4004, LogLevel.Warning, "Forwarding: an answer from the cloud cannot be read: {Reason}")]
    public static partial void BadAnswer(this ILogger log, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "Forwarding: no answer for {Seconds:0} s; what is unanswered is sent again")]
    public static partial void NoAnswer(this ILogger log, double seconds);
}
