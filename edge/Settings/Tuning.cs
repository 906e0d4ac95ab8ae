
namespace IotGateway.Edge.Settings;

/// <summary>
/// Settings that may change while the gateway runs; the meanings are those of the sections <c>Forwarding</c> and <c>Thresholds</c>.
/// </summary>
internal sealed record Tuning(
    double BacklogShare, int Window, int PublishesPerSecond, int BytesPerSecond, int StatusSeconds, double WarnShare, int FutureSeconds,
    int DuplicateFrames);

/// <summary>The tuning in force; who changes it is another's affair.</summary>
internal sealed class LiveTuning(Tuning configured)
{
    private Tuning _configured = configured;
    private Tuning _now = configured;

    /// <summary>
    /// The tuning that holds where nothing else is desired: the configuration, and what the cloud gave along with the certificate.
    /// </summary>
    public Tuning Configured
    {
        get => Volatile.Read(ref _configured);
        set => Volatile.Write(ref _configured, value);
    }

    public Tuning Now
    {
        get => Volatile.Read(ref _now);
        set => Volatile.Write(ref _now, value);
    }
}
