namespace IotGateway.Science.Hive.Temperature;

/// <summary>Outlook on a hive's temperature some hours ahead, with the terms that it is made of, 0 where they are not; all in °C.</summary>
/// <param name="Value">Expected mean of the hour.</param>
/// <param name="AsNow">The baseline: the mean of the hour that has just ended.</param>
/// <param name="UsualChange">What the hive's change over these hours was at this time of day, the median of its last 14 days.</param>
/// <param name="Trend">How much more than usual it warmed in the last hour.</param>
/// <param name="BelowDay">How far it lies below the mean of its last 24 hours.</param>
/// <param name="Quantiles">Values for <see cref="NestTemperature.Levels"/>, ascending.</param>
/// <param name="Errors">Number of own errors of the last 14 days that the quantiles were taken from.</param>
public sealed record NestOutlook(
    double Value, double AsNow, double UsualChange, double Trend, double BelowDay, IReadOnlyList<double> Quantiles, int Errors);
