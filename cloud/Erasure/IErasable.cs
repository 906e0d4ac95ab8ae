using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>A place where devices' data may lie.</summary>
internal interface IErasable
{
    /// <summary>What it is, in a word or two, for people and for the record.</summary>
    string Name { get; }

    /// <summary>Searches all of it for some devices, and deletes what it finds when told to.</summary>
    /// <param name="devices">Whose data.</param>
    /// <param name="delete">Whether to delete; otherwise nothing changes.</param>
    /// <param name="progress">Told how far it is, from time to time; from several threads.</param>
    /// <param name="cancellation">Gives up; what was deleted stays deleted, and the search is made again.</param>
    Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation);
}

/// <summary>What was found.</summary>
/// <param name="Entries">Readings, rows, items.</param>
/// <param name="Holders">Objects or files that held them; 0 where there are none such.</param>
/// <param name="Searched">Objects, files or devices that were looked at.</param>
internal readonly record struct Found(long Entries, long Holders, long Searched)
{
    public bool IsNothing => Entries == 0 && Holders == 0;
}
