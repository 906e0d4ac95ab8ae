namespace IotGateway.Cloud.Hives.Forecasts;

/// <summary>As-of times of the kinds that speak once a day, at 00:00 UTC.</summary>
internal static class Daily
{
    /// <summary>Those among hours on end.</summary>
    public static DateTimeOffset[] Of(DateTimeOffset first, int hours) =>
        [.. Enumerable.Range(0, hours).Select(h => first.AddHours(h)).Where(t => t.UtcDateTime.Hour == 0)];
}
