namespace IotGateway.Telemetry;

/// <summary>
/// Metrics that are kept and read together: the lake's partitions. A family is only ever added, and a metric never changes its own.
/// </summary>
public static class MetricFamily
{
#pragma warning disable CS1591 // the list of metrics shows what each holds
    public const string Climate = "climate";
    public const string Weight = "weight";
    public const string Air = "air";
    public const string Sound = "sound";
    public const string Traffic = "traffic";
    public const string Power = "power";
    public const string Radio = "radio";
    public const string Weather = "weather";
    public const string Flight = "flight";
    public const string Other = "other";
#pragma warning restore CS1591

    /// <summary>All families; <see cref="Other"/> also takes metrics that nobody knows.</summary>
    public static IReadOnlyList<string> All { get; } = [Climate, Weight, Air, Sound, Traffic, Power, Radio, Weather, Flight, Other];
}
