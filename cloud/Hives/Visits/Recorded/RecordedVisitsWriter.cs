using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Visits.Recorded;

/// <summary>Writes a recording's visits into the book as the process starts; those that stand stay.</summary>
internal sealed class RecordedVisitsWriter(IReadOnlyList<(Subject Hive, Visit Visit)> visits, VisitBook book) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (hive, visit) in visits)
            await book.AddRecordedAsync(hive, visit, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
