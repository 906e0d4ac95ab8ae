namespace IotGateway.Cloud.Lake;

/// <summary>What the Lake room says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Files} curated hours written with {Rows} rows; {Waiting} wait")]
    public static partial void CuratedWritten(this ILogger log, int files, int rows, int waiting);
}
