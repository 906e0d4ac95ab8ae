namespace IotGateway.Edge.Sources.Mqtt;

internal static partial class Log
{
    [LoggerMessage(
        1001, LogLevel.Information,
        "Source {Source}: connected to {Host}:{Port} by MQTT {Version}, session present: {SessionPresent}")]
    public static partial void SourceConnected(
        this ILogger log, string source, string host, int port, bool sessionPresent, string version);

    [LoggerMessage(1002, LogLevel.Warning, "Source {Source}: no connection to {Host}:{Port} ({Reason}); next try in {Seconds:0.0} s")]
    public static partial void SourceLost(this ILogger log, string source, string host, int port, string reason, double seconds);

    [LoggerMessage(
        1003, LogLevel.Debug,
        "Source {Source}: an acknowledgement came too late for its connection ({Reason}); the broker will send the message again")]
    public static partial void AcknowledgementLost(this ILogger log, string source, string reason);

    [LoggerMessage(
        1004, LogLevel.Warning,
        "Source {Source}: the filters of its session could not be kept ({Reason}); one that leaves the configuration may live on there")]
    public static partial void SessionNotKept(this ILogger log, string source, string reason);
}
