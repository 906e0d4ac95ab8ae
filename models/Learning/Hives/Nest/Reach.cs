namespace IotGateway.Learning.Hives.Nest;

/// <summary>Weights of a hive's own errors in its interval: by their age, and by how near their time of day is.</summary>
/// <param name="Name">The name in an artifact.</param>
/// <param name="HalfLifeHours">Age at which an error weighs half; infinite where age is no matter.</param>
/// <param name="HoursOfDay">Farthest time of day that counts, hours; 12 for all.</param>
internal sealed record Reach(string Name, double HalfLifeHours, int HoursOfDay)
{
    private const int Day = 24;

    /// <summary>The plain one: every error of 14 days alike.</summary>
    public static readonly Reach Plain = new("14 days", double.PositiveInfinity, 12);

    /// <summary>Those to choose from, plainer ones first.</summary>
    public static readonly Reach[] All =
    [
        Plain, new("14 days, times of day within 4 h", double.PositiveInfinity, 4),
        new("14 days, times of day within 2 h", double.PositiveInfinity, 2), new("half-life of 5 days", 120, 12),
        new("half-life of 5 days, times of day within 4 h", 120, 4), new("half-life of 5 days, times of day within 2 h", 120, 2),
    ];

    /// <summary>The one of a name.</summary>
    public static Reach Of(string? name) => Array.Find(All, r => r.Name == name) ?? Plain;

    /// <summary>The weight of an error made so many hours before; 0 where it does not count.</summary>
    public double Weight(int hoursBefore)
    {
        var clock = hoursBefore % Day;
        return Math.Min(clock, Day - clock) <= HoursOfDay ? Math.Exp(-Math.Log(2) * hoursBefore / HalfLifeHours) : 0;
    }
}
