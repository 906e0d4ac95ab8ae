using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Runs;

/// <summary>Work that is done of one subject for each hour.</summary>
/// <param name="Name">Unique among the tasks of a run, for people.</param>
/// <param name="Subject">Of whom.</param>
/// <param name="Newest">Finds the newest hour done, or the time of the first reading where none is; null where there is nothing to go by
/// yet.</param>
/// <param name="Do">Does a number of hours on end, from the first; answers how many were new.</param>
internal sealed record HourlyTask(
    string Name, Subject Subject, Func<CancellationToken, Task<DateTimeOffset?>> Newest,
    Func<DateTimeOffset, int, CancellationToken, Task<int>> Do);
