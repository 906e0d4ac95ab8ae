namespace IotGateway.Cloud.Forecasts.Serving;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The local model stands in for {Rows} rows: {Reason}")]
    public static partial void FellBack(this ILogger<EndpointModel> log, int rows, string reason);
}
