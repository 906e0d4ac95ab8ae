using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Clock;

/// <summary>The configuration section <c>Clock</c>: whom to believe about the time.</summary>
internal sealed class ClockOptions
{
    private static readonly ValueRange Holds = new(0, 1440);

    /// <summary>
    /// True when the system's clock is right without NTP: a machine with a GNSS receiver, a battery-backed clock or a hypervisor that keeps
    /// it. The default value is false: only a clock that the kernel knows to be synchronised is believed.
    /// </summary>
    public bool TrustSystem { get; set; }

    /// <summary>
    /// Name of a source whose network server's times may set the gateway's time when NTP cannot; empty for none, the default: a replayed
    /// field tells times of long ago.
    /// </summary>
    public string TrustSource { get; set; } = "";

    /// <summary>
    /// Minutes of connection to the cloud that readings without a time of their own wait in the buffer for the right time, 0 to 1440.
    /// Afterwards they go out flagged, with the best estimate. The default value is 10. Readings that bring their time never wait.
    /// </summary>
    public double HoldMinutes { get; set; } = 10;

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static ClockOptions Read(IConfiguration configuration) =>
        configuration.Read("Clock", s => s.Get<ClockOptions>(Options.Strict)).Checked();

    private ClockOptions Checked()
    {
        Options.Check(Holds, "Clock:HoldMinutes", HoldMinutes);
        return this;
    }
}
