using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>Condition of a provider for a site.</summary>
internal enum WeatherCondition
{
    /// <summary>Not asked: another that comes before it answers.</summary>
    Resting,

    /// <summary>It answered when it was last asked, and that is not long ago.</summary>
    Fresh,

    /// <summary>It does not answer; what it said before is served with its age.</summary>
    Stale,

    /// <summary>It does not answer, and there is nothing of before.</summary>
    Failing,
}

/// <summary>State of a provider for a site, for the people who run this.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Site">The site's id.</param>
/// <param name="Condition">The state in a word.</param>
/// <param name="LastSuccess">When it last gave usable weather, UTC; null for never.</param>
/// <param name="Age">How long ago that was.</param>
/// <param name="LastError">What went wrong last, and what was expected; stays until it is right again.</param>
/// <param name="LastErrorAt">When that was.</param>
/// <param name="FailuresInARow">How often it was asked in vain since it last answered, each time with several attempts.</param>
/// <param name="ValuesRefused">Values left out since the start because they cannot be.</param>
/// <param name="Points">The grid points and stations its weather is of.</param>
/// <param name="Attribution">Whom to name.</param>
/// <param name="Terms">What its terms allow.</param>
internal sealed record WeatherState(
    string Provider, string Site, WeatherCondition Condition, DateTimeOffset? LastSuccess, TimeSpan? Age, WeatherFailure? LastError,
    DateTimeOffset? LastErrorAt,
    int FailuresInARow, long ValuesRefused, IReadOnlyList<WeatherPoint> Points, string Attribution, string Terms);
