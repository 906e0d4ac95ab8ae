namespace IotGateway.Telemetry;

/// <summary>
/// One value of one metric of one device at one time. Its identity is (<see cref="Device"/>, <see cref="Metric"/>, <see cref="Time"/>):
/// sent twice, it is stored once, and the first value stays.
/// </summary>
/// <param name="Device">The device that measured.</param>
/// <param name="Metric">The metric's name: one of <see cref="Metrics"/>, or a name of the same form that is not (flagged).</param>
/// <param name="Time">When it was measured, UTC, whole milliseconds.</param>
/// <param name="Value">Finite, in <paramref name="Unit"/>.</param>
/// <param name="Unit">A SenML unit name (RFC 8428 §12.1, RFC 8798), empty when the value has none.</param>
/// <param name="Quality">What speaks against it.</param>
/// <param name="Received">When the gateway received it, by the gateway's clock, UTC, whole milliseconds.</param>
public readonly record struct Reading(
    DeviceId Device, string Metric, DateTimeOffset Time, double Value, string Unit, Quality Quality, DateTimeOffset Received)
{
    /// <summary>Cuts a time to the whole millisecond, the resolution of <see cref="Time"/>.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
