namespace IotGateway.Cloud.Web;

/// <summary>Log lines of the Web room. Whatever a client may write in them comes as one bounded word.</summary>
internal static partial class Log
{
    [LoggerMessage(701, LogLevel.Information, "{Method} {Path}: answered {Status}, the client's own fault: {Detail}")]
    public static partial void ClientAtFault(this ILogger log, string method, string path, int status, string detail);

    [LoggerMessage(702, LogLevel.Debug, "{Method} {Path}: the client left before it was answered")]
    public static partial void ClientLeft(this ILogger log, string method, string path);

    [LoggerMessage(703, LogLevel.Error, "{Method} {Path} could not be answered")]
    public static partial void AnswerFailed(this ILogger log, Exception e, string method, string path);
}
