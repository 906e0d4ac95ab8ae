namespace IotGateway.Edge.Forwarding.Cloud;

internal static partial class Log
{
    [LoggerMessage(4006, LogLevel.Warning, "Forwarding: the broker refuses {Topics}; what speaks and listens there stays off")]
    public static partial void TopicsRefused(this ILogger log, string topics);
}
