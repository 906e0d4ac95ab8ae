namespace IotGateway.Edge.Clock;

internal static partial class Log
{
    [LoggerMessage(
        8001, LogLevel.Information,
        "Clock: the time is known by {By}; times stamped before are {Seconds:0.000} s off and put right as they go out")]
    public static partial void Known(this ILogger log, string by, double seconds);

    [LoggerMessage(
        8002, LogLevel.Warning,
        "Clock: the time is not known yet; readings without a time of their own wait for it, up to {Minutes:0.#} min of connection to the "
            + "cloud")]
    public static partial void Unsure(this ILogger log, double minutes);

    [LoggerMessage(
        8003, LogLevel.Warning,
        "Clock: the time did not become known within {Minutes:0.#} min of connection; readings without a time of their own go out "
            + "flagged, with the best estimate")]
    public static partial void GaveUp(this ILogger log, double minutes);

    [LoggerMessage(8004, LogLevel.Warning, "Clock: the system's clock jumped by {Seconds:0.000} s")]
    public static partial void Jumped(this ILogger log, double seconds);

    [LoggerMessage(8005, LogLevel.Warning, "Clock: nothing has kept the clock for {Hours:0} h; it runs on by itself")]
    public static partial void Adrift(this ILogger log, double hours);

    [LoggerMessage(
        8006, LogLevel.Warning,
        "Clock: what was decided about this run of the machine could not be written ({Reason}); readings that hang on it wait")]
    public static partial void NotDecided(this ILogger log, string reason);

    [LoggerMessage(
        8007, LogLevel.Warning,
        "Clock: source {Source} tells the time {Told:u}, which cannot be ({Earliest:yyyy-MM-dd} to {End:yyyy-MM-dd}); such times are "
            + "counted and not believed")]
    public static partial void Impossible(
        this ILogger log, string source, DateTimeOffset told, DateTimeOffset earliest, DateTimeOffset end);
}
