namespace IotGateway.Telemetry;

/// <summary>
/// Flags of doubt about a reading. A flag never removes a reading: it travels with it to whoever decides.
/// The numbers are the wire's and the lake's; they are only ever added to.
/// </summary>
[Flags]
public enum Quality
{
    /// <summary>Nothing against it.</summary>
    Good = 0,

    /// <summary>The value lies outside its metric's range.</summary>
    OutOfRange = 1,

    /// <summary>The metric is not in <see cref="Metrics"/>; kept under its own name.</summary>
    UnknownMetric = 2,

    /// <summary>The unit is not the metric's own; the value is as it came.</summary>
    UnexpectedUnit = 4,

    /// <summary>The device's time lay in the future; <see cref="Reading.Time"/> is when it was received instead.</summary>
    FutureTime = 8,

    /// <summary>The device had no clock; <see cref="Reading.Time"/> is the network server's.</summary>
    NetworkTime = 16,

    /// <summary>Neither device nor network knew the time; <see cref="Reading.Time"/> is the gateway's.</summary>
    GatewayTime = 32,

    /// <summary>The gateway's clock was not known to be right when it stamped this.</summary>
    ClockUnsure = 64,

    /// <summary>Stamped by the monotonic clock and put right once the time was known.</summary>
    Retimed = 128,

    /// <summary>Inside what the sensor can report, outside what its maker specifies (a CO2 sensor above 5,000 ppm).</summary>
    OutsideSpecification = 256,

    /// <summary>Drawn by a simulation, not measured.</summary>
    Synthetic = 512,
}
