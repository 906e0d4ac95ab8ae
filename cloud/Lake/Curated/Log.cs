using IotGateway.Cloud.Lake.Curated.Partitions;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>Log lines of the Lake room.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Debug, "{Objects} raw objects with {Readings} readings are in the curated lake; it has {Partitions} partitions")]
    public static partial void CuratedWritten(this ILogger log, int objects, long readings, int partitions);

    [LoggerMessage(2, LogLevel.Warning, "Partition {Partition} is held ({Reason}): {Detail}")]
    public static partial void PartitionHeld(this ILogger log, Partition partition, string reason, string detail);

    [LoggerMessage(3, LogLevel.Warning, "{Object} in the lake cannot be read ({Reason}): {Detail}")]
    public static partial void LakeObjectUnreadable(this ILogger log, string @object, string reason, string detail);

    [LoggerMessage(4, LogLevel.Warning, "The curated lake could not be written and is tried again: {Problem}")]
    public static partial void CuratedFailed(this ILogger log, string problem);
}
