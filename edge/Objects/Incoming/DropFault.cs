using IotGateway.Storage.Files;

namespace IotGateway.Edge.Objects.Incoming;

/// <summary>Judgement of what lies in the drop folder by its facts: who may write there may put anything there.</summary>
internal static class DropFault
{
    /// <summary>The reason why it will never be taken; null when it may be.</summary>
    /// <param name="facts">Its facts.</param>
    /// <param name="shared">May others write to the drop folder?</param>
    public static string? Of(FileFacts facts, bool shared) => facts switch
    {
        { IsRegular: false } => "It is no ordinary file but a link, a pipe or a device; expected a file.",
        { Links: not 1 } => "It has several names (a hard link), of which one may be a secret's; expected a file of its own.",
        { IsOwn: true, IsClosedToOthers: true } when shared =>
            "The gateway's user keeps it to itself, in a folder that others may write to: it may be a secret that was moved here.",
        { Bytes: 0 } => "It is empty.",
        _ => null,
    };
}
