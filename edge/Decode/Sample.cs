namespace IotGateway.Edge.Decode;

/// <summary>Values that were measured at one time.</summary>
/// <param name="Time">The device's own time; null when it has no clock.</param>
/// <param name="Values">What it measured.</param>
internal sealed record Sample(DateTimeOffset? Time, IReadOnlyList<Measured> Values);

/// <summary>A value by its metric; NaN where the sensor did not answer.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">SenML unit name, empty for none.</param>
/// <param name="Part">Name of the sub-device that measured it, empty for the device itself.</param>
/// <param name="SpecifiedTo">The greatest value that the sensor's maker specifies; what lies above is flagged. The default value is no
/// limit.</param>
internal readonly record struct Measured(
    string Metric, double Value, string Unit, string Part = "", double SpecifiedTo = double.PositiveInfinity);
