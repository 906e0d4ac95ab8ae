using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Data;

/// <summary>
/// Watch over the stores of this process: damage that a use finds is told, by name, and ends the process, whose next start sets the file
/// aside and makes the store anew. Until then each use of the store throws: a reason in place of a wrong value.
/// </summary>
internal sealed class DamagedStores(ILogger<DamagedStores> log) : BackgroundService
{
    private readonly TaskCompletionSource<DamagedStoreException> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Uses a store that lies in a file.</summary>
    /// <exception cref="DamagedStoreException">It showed damage, now or before.</exception>
    public T Use<T>(string file, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (DamagedFile.IsDamage(e))
        {
            var damage = new DamagedStoreException(Path.GetFileName(file), e);
            if (_found.TrySetResult(damage))
            {
                log.StoreDamaged(file, e.Message);
                DamagedFile.Suspect(file, e);
            }

            throw damage;
        }
    }

    /// <exception cref="DamagedStoreException">A store is damaged; the host stops by it.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await Task.WhenAny(_found.Task, Task.Delay(Timeout.Infinite, stoppingToken)) == _found.Task)
            throw await _found.Task;
    }
}

/// <summary>A store of this process is damaged; the next start makes it anew.</summary>
internal sealed class DamagedStoreException(string store, Exception found)
    : Exception($"The store {store} is damaged ({found.Message}); it is made anew when the cloud starts again, which it does now.", found);
