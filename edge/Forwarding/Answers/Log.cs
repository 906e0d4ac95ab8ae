namespace IotGateway.Edge.Forwarding.Answers;

internal static partial class Log
{
    [LoggerMessage(
        4003, LogLevel.Warning, "Forwarding: the cloud refuses the sequences {First} to {Last}: {Reason}; they are kept as dead letters")]
    public static partial void Refused(this ILogger log, long first, long last, string reason);

    [LoggerMessage(
        4013, LogLevel.Warning,
        "Forwarding: the sequences {First} to {Last} were refused together ({Reason}); they go again, one in a message")]
    public static partial void Separated(this ILogger log, long first, long last, string reason);

    [LoggerMessage(
        4009, LogLevel.Warning,
        "Forwarding: the cloud holds sequence {Sequence} of this stream, which was never sent from here: an older image of the disk was "
            + "put back, or a send was not noted before a kill. The buffer goes on under a new stream id")]
    public static partial void StreamBegun(this ILogger log, long sequence);

    [LoggerMessage(
        4010, LogLevel.Error,
        "Forwarding: the refused sequence {Sequence} cannot be kept as a dead letter ({Reason}); it stays in the buffer")]
    public static partial void NotBuried(this ILogger log, long sequence, string reason);

    [LoggerMessage(4011, LogLevel.Warning, "Forwarding: that losses were told could not be noted ({Reason}); they are told again")]
    public static partial void LossesNotForgotten(this ILogger log, string reason);

    [LoggerMessage(4007, LogLevel.Information, "Dead letter {Name} is queued again as sequence {Sequence}")]
    public static partial void Requeued(this ILogger log, string name, long sequence);

    [LoggerMessage(4008, LogLevel.Warning, "Dead letter {Name} cannot be queued again: {Reason}")]
    public static partial void NotRequeued(this ILogger log, string name, string reason);

    [LoggerMessage(4012, LogLevel.Warning, "The folder of dead letters to be queued again cannot be read: {Reason}")]
    public static partial void RequeueFolder(this ILogger log, string reason);
}
