namespace IotGateway.Cloud.Forecasts.Documents;

internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Error, Message = "{File} cannot be read ({Detail}); it is kept as {Aside}, and the last month is judged again")]
    public static partial void SetAside(this ILogger<LiteTimedDocuments> log, string file, string detail, string aside);
}
