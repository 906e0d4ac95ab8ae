namespace IotGateway.Edge.Watchdog;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Critical, "Watchdog: {Loops} hangs; systemd is no longer told that the gateway lives")]
    public static partial void Hung(this ILogger log, string loops);

    [LoggerMessage(7002, LogLevel.Critical, "The buffer's writer stopped by a fault; the gateway ends, to be started anew")]
    public static partial void WriterFailed(this ILogger log, Exception fault);
}
