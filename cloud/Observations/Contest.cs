using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// A value that a gateway sent of a device which another gateway sends, too, and that contradicts the one that stands: nobody knows yet
/// which of the two may speak for the device.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Time">The time of both values.</param>
/// <param name="Standing">The value that came first and stays, in the series' unit.</param>
/// <param name="Told">The value that was not stored.</param>
internal sealed record Contest(DeviceId Device, string Metric, DateTimeOffset Time, double Standing, double Told);
