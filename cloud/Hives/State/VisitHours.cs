using IotGateway.Cloud.Hives.Visits;

namespace IotGateway.Cloud.Hives.State;

/// <summary>Hours of a written visit, in which a nest tells of the beekeeper rather than of the bees.</summary>
/// <param name="Begin">When the hive was opened.</param>
/// <param name="Until">When it was closed again.</param>
/// <param name="Known">When the visit was written: before that nobody knew of it.</param>
internal sealed record VisitHours(DateTimeOffset Begin, DateTimeOffset Until, DateTimeOffset Known)
{
    /// <summary>An opened nest takes up to a day to be as it was.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromHours(24);

    /// <summary>All that was written of it; null where its hours alone are known.</summary>
    public Visit? Written { get; init; }

    public static VisitHours Of(VisitVersion version) => new(version.Visit.Begin, version.Visit.Until, version.Known)
    {
        Written = version.Visit,
    };

    /// <summary>It was known at a time, and the time lies within its hours.</summary>
    public bool Holds(DateTimeOffset asOf) => Known <= asOf && Begin < asOf && asOf <= Until + Settling;
}
