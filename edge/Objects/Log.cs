namespace IotGateway.Edge.Objects;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Objects: {Key} is stored ({Bytes} bytes)")]
    public static partial void ObjectSent(this ILogger log, string key, long bytes);

    [LoggerMessage(6002, LogLevel.Warning, "Objects: {Target} {State}: {Reason}; {Files} files wait; next try in {Seconds:0.0} s")]
    public static partial void StoreFailed(this ILogger log, string target, string state, string reason, int files, double seconds);

    [LoggerMessage(6003, LogLevel.Warning, "Objects: {Name} is set aside in refused: {Reason}")]
    public static partial void ObjectRefused(this ILogger log, string name, string reason);

    [LoggerMessage(
        6004, LogLevel.Error, "Objects: the outbox is full; {Id} ({Bytes} bytes) was dropped unsent, the oldest that is not urgent")]
    public static partial void ObjectDropped(this ILogger log, string id, long bytes);

    [LoggerMessage(6005, LogLevel.Warning, "Objects: the outbox is full; {Name} was removed from refused")]
    public static partial void RefusedDropped(this ILogger log, string name);

    [LoggerMessage(6006, LogLevel.Information, "Objects: resuming {Key} after {Parts} of {All} parts")]
    public static partial void Resumed(this ILogger log, string key, int parts, int all);

    [LoggerMessage(6007, LogLevel.Warning, "Objects: {Name} stays in the drop folder: {Reason}")]
    public static partial void NotTaken(this ILogger log, string name, string reason);
}
