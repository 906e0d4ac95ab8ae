using IotGateway.Telemetry;

namespace IotGateway.Cloud.Sites;

/// <summary>Name of a subject: its kind and its id among those of the kind, written <c>hive/3627</c>.</summary>
/// <param name="Kind">Such as <see cref="Hive"/>; the room of a kind names it.</param>
/// <param name="Id">Lower-case letters, digits and <c>-</c>.</param>
internal readonly record struct SubjectId(string Kind, string Id)
{
    /// <summary>The kind of a colony in its box.</summary>
    public const string Hive = "hive";

    /// <summary>The kind of a place as a whole.</summary>
    public const string Site = "site";

    public override string ToString() => $"{Kind}/{Id}";
}

/// <summary>Device of a subject.</summary>
/// <param name="Device">Which.</param>
/// <param name="Metrics">The metrics that it speaks for; empty for all that no other device of the subject is named for.</param>
/// <param name="Position">Where it sits, in the words of whoever put it there; null when that was not said.</param>
internal sealed record SubjectDevice(DeviceId Device, IReadOnlyList<string> Metrics, string? Position);

/// <summary>Thing that states and forecasts speak of, such as a hive, at a site and measured by any number of devices.</summary>
/// <param name="Key">Its kind and id.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Site">Where it is.</param>
/// <param name="Devices">What measures it; a device belongs to one subject.</param>
internal sealed record Subject(SubjectId Key, string Name, Site Site, IReadOnlyList<SubjectDevice> Devices)
{
    public string Id => Key.Id;

    /// <summary>The device that speaks for a metric; null when none does.</summary>
    public DeviceId? DeviceFor(string metric) =>
        (Devices.FirstOrDefault(d => d.Metrics.Contains(metric, StringComparer.Ordinal))
            ?? Devices.FirstOrDefault(d => d.Metrics.Count == 0))?.Device;
}
