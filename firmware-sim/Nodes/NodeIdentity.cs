using System.Globalization;

namespace IotGateway.FirmwareSim.Nodes;

/// <summary>A node's identity at the network server.</summary>
/// <param name="Origin"><c>recorded</c> or <c>synthetic</c>: the tag that tells a replayed hive from a drawn one.</param>
internal sealed record NodeIdentity(DevEui DevEui, string Name, string Origin)
{
    public static NodeIdentity Recorded(int hive) =>
        new(DevEui.OfRecorded(hive), string.Create(CultureInfo.InvariantCulture, $"hive-{hive}"), "recorded");

    public static NodeIdentity Synthetic(int number) =>
        new(DevEui.OfSynthetic(number), string.Create(CultureInfo.InvariantCulture, $"synthetic-{number}"), "synthetic");

    public static NodeIdentity Colony(int number) =>
        new(DevEui.OfColony(number), string.Create(CultureInfo.InvariantCulture, $"colony-{number}"), "synthetic");
}
