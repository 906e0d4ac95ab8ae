using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations;

/// <summary>A stored value of one series (a device's metric); its unit is the series'.</summary>
/// <param name="Time">UTC, whole milliseconds.</param>
/// <param name="Value">In the series' unit.</param>
/// <param name="Quality">What speaks against it.</param>
internal readonly record struct Observation(DateTimeOffset Time, double Value, Quality Quality)
{
    /// <summary>
    /// Values with one of these cannot be what they claim. Not <see cref="Quality.FutureTime"/>: only the node's clock was wrong, and
    /// another's time stands in its place.
    /// </summary>
    public const Quality Unusable = Quality.OutOfRange | Quality.UnexpectedUnit;

    /// <summary>May it be what it claims: by its flags, and by what the metric's values can be? Flags are the sender's own word.</summary>
    public bool IsUsable(Metric metric) => (Quality & Unusable) == Quality.Good && Value >= metric.Min && Value <= metric.Max;
}

/// <summary>A series and its newest value.</summary>
internal sealed record Series(DeviceId Device, string Metric, string Unit, long Count, Observation Latest);

/// <summary>Result of storing a batch's readings.</summary>
/// <param name="Stored">Readings that were new.</param>
/// <param name="Duplicates">Readings stored before with the same value.</param>
/// <param name="Conflicts">Readings stored before with another value; the first stays.</param>
/// <param name="SetAside">Readings that the store has no room for: their device has too many series, or too many values in an hour.</param>
internal readonly record struct StoreResult(int Stored, int Duplicates, int Conflicts, int SetAside = 0)
{
    public static StoreResult operator +(
        StoreResult a, StoreResult b) =>
        new(a.Stored + b.Stored, a.Duplicates + b.Duplicates, a.Conflicts + b.Conflicts, a.SetAside + b.SetAside);
}
