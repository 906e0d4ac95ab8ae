using IotGateway.Cloud.Data;
using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>Opens the hot store; one that cannot be used is set aside, to be rebuilt from the raw lake.</summary>
internal sealed class HotStoreFile(string file, TimeProvider time, ILogger<HotStoreFile> log, DamagedStores? damaged = null)
{
    public LiteObservations Open() =>
        DamagedFile.Replace(
            file, () => new LiteObservations(file, damaged: damaged), time, (reason, aside) => log.HotStoreSetAside(file, reason, aside));

    /// <summary>Moves the file out of the way, kept under a new name; null when there is none.</summary>
    public string? SetAside(string reason)
    {
        var aside = DamagedFile.SetAside(file, time);
        if (aside is not null)
            log.HotStoreSetAside(file, reason, aside);
        return aside;
    }
}
