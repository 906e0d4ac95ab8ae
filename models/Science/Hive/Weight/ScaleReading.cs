namespace IotGateway.Science.Hive.Weight;

/// <summary>Reading of the scale below a hive.</summary>
/// <param name="Time">When.</param>
/// <param name="Kilograms">All that stands on the scale, kg.</param>
public readonly record struct ScaleReading(DateTimeOffset Time, double Kilograms);

/// <summary>Hours in which a person worked on a hive, as written down.</summary>
/// <param name="From">When it was opened.</param>
/// <param name="To">When it was closed again, after <paramref name="From"/>.</param>
public readonly record struct WorkHours(DateTimeOffset From, DateTimeOffset To);
