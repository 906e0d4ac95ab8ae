using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Kind of forecast, made each hour of each subject of one kind. Its folder holds its code and options; one line registers it.
/// </summary>
internal interface IForecastKind
{
    /// <summary>Lower-case letters, digits and <c>-</c>; never changed, since what was said is kept under it.</summary>
    string Name { get; }

    /// <summary>The kind of its subjects, such as <see cref="SubjectId.Hive"/>.</summary>
    string SubjectKind { get; }

    /// <summary>The time from which on it has something to go by; null while it has nothing.</summary>
    Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation);

    /// <summary>A forecast from what was known at a time; what lies later changes nothing. Null where nothing can be said.</summary>
    Task<Forecast?> MakeAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation);
}
