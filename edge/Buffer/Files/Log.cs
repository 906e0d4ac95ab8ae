
namespace IotGateway.Edge.Buffer.Files;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Buffer open: {Batches} batches, {Readings} readings waiting, last sequence {Last}.")]
    public static partial void Opened(this ILogger log, long batches, long readings, long last);

    [LoggerMessage(2002, LogLevel.Error, "The buffer's files are damaged; setting them aside as {Name} and saving what can be read.")]
    public static partial void Damaged(this ILogger log, string name, Exception why);

    [LoggerMessage(
        2003, LogLevel.Warning, "Saved {Batches} batches from the damaged files; about {Lost} readings are lost and will be reported.")]
    public static partial void Salvaged(this ILogger log, long batches, long lost);

    [LoggerMessage(2004, LogLevel.Error, "A commit failed; the buffer will be opened again from the disk.")]
    public static partial void CommitFailed(this ILogger log, Exception why);

    [LoggerMessage(2005, LogLevel.Warning, "The disk refuses the buffer: {Reason} Trying again.")]
    public static partial void StillClosed(this ILogger log, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "The buffer uses {Percent} % of its limit; at 100 % the oldest ordinary data is thinned.")]
    public static partial void NearlyFull(this ILogger log, int percent);

    [LoggerMessage(2007, LogLevel.Warning, "The buffer is full: {Readings} readings {Cause} between sequences {First} and {Last}.")]
    public static partial void MadeRoom(this ILogger log, long readings, string cause, long first, long last);

    [LoggerMessage(2008, LogLevel.Error, "Batch {Sequence} does not match its checksum; it is counted as lost.")]
    public static partial void BatchDamaged(this ILogger log, long sequence);
}
