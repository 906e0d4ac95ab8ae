namespace IotGateway.Cloud.Hives.Visits.Stores;

internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "{File} cannot be read ({Detail}); it is kept as {Aside} and a new one begun: put back a copy or write the visits again")]
    public static partial void SetAside(this ILogger<LiteVisits> log, string file, string detail, string aside);
}
