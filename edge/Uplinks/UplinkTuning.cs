namespace IotGateway.Edge.Uplinks;

/// <summary>What of the uplink may change while it runs; the meanings are those of <see cref="CloudUplinkOptions"/>.</summary>
internal sealed record UplinkTuning(double BacklogShare, int Window, int PublishesPerSecond, int BytesPerSecond, int StatusSeconds);

/// <summary>The tuning in force; who changes it is another's affair.</summary>
internal sealed class LiveTuning(UplinkTuning configured)
{
    private UplinkTuning _now = configured;

    /// <summary>What the configuration says.</summary>
    public UplinkTuning Configured { get; } = configured;

    public UplinkTuning Now
    {
        get => Volatile.Read(ref _now);
        set => Volatile.Write(ref _now, value);
    }
}
