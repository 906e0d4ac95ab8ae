using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Kind of forecast, made each hour of each subject of one kind. Its folder holds its code and options; one line registers it.
/// </summary>
internal interface IForecastKind
{
    /// <summary>Lower-case letters, digits and <c>-</c>; never changed, since what was said is kept under it.</summary>
    string Name { get; }

    /// <summary>Name on the pages.</summary>
    string Title { get; }

    /// <summary>
    /// Reason why its word is kept and scored but stands on no subject's page, behind "not shown:"; null where it does. A model that does
    /// not beat its baseline is not shown as one.
    /// </summary>
    string? NotShown => null;

    /// <summary>The kind of its subjects, such as <see cref="SubjectId.Hive"/>.</summary>
    string SubjectKind { get; }

    /// <summary>The farthest that a step's time lies behind the as-of time.</summary>
    TimeSpan Farthest { get; }

    /// <summary>The time from which on it has something to go by; null while it has nothing.</summary>
    Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation);

    /// <summary>
    /// Forecasts as of hours on end from the first, each from what was known at its hour: what lies later changes nothing of it. None of an
    /// hour of which nothing can be said.
    /// </summary>
    Task<IReadOnlyList<Forecast>> MakeAsync(Subject subject, DateTimeOffset first, int count, CancellationToken cancellation);

    /// <summary>
    /// The truth of all steps that are valid at a time, in their unit, or 0 or 1 of a probability; null while it has not arrived.
    /// </summary>
    Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation);

    /// <summary>
    /// Reason why nothing can be said as of a time, in a beekeeper's words behind "not enough to say:"; null where something can, or where
    /// the reason is not known.
    /// </summary>
    Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
