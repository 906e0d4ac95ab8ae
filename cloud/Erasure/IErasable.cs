using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>A place where devices' data may lie, declared by the room that keeps it.</summary>
internal interface IErasable
{
    /// <summary>Name in a word or two, for people and for the record.</summary>
    string Name { get; }

    /// <summary>Distance of its data from the record.</summary>
    Origins Origin { get; }

    /// <summary>Copies of its data that no search reaches, in words for people.</summary>
    IReadOnlyList<string> NotCovered => [];

    /// <summary>Searches all of it for some devices, and deletes what it finds when told to.</summary>
    /// <param name="devices">Whose data.</param>
    /// <param name="delete">Whether to delete; otherwise nothing changes.</param>
    /// <param name="progress">Told how far it is, from time to time; from several threads.</param>
    /// <param name="cancellation">Gives up; what was deleted stays deleted, and the search is made again.</param>
    Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation);
}

/// <summary>Distance of data from the record: an erasure goes from the record outwards, a retention the other way.</summary>
internal enum Origins
{
    /// <summary>The record itself; all else can be made from it again.</summary>
    Record,

    /// <summary>Readings arranged anew: tables, the hot store.</summary>
    Readings,

    /// <summary>Conclusions from readings: states, forecasts.</summary>
    Conclusions,

    /// <summary>Remains that nobody reads any more: quarantine, databases set aside.</summary>
    Remains,
}

/// <summary>Figures of a search.</summary>
/// <param name="Entries">Readings, rows, items.</param>
/// <param name="Holders">Objects or files that held them; 0 where there are none such.</param>
/// <param name="Searched">Objects, files or devices that were looked at.</param>
/// <param name="Unsearched">Those that could not be, by name and reason, as far as there are not too many; null when there are none. The
/// search goes on past them, and is not complete.</param>
internal readonly record struct Found(long Entries, long Holders, long Searched, IReadOnlyList<string>? Unsearched = null)
{
    private const int MostNamed = 200;

    public bool IsNothing => Entries == 0 && Holders == 0 && Unsearched is null;

    public static Found operator +(Found a, Found b) => new(
        a.Entries + b.Entries, a.Holders + b.Holders, a.Searched + b.Searched,
        b.Unsearched is null || a.Unsearched?.Count >= MostNamed ? a.Unsearched : [.. a.Unsearched ?? [], .. b.Unsearched]);

    /// <summary>One that could not be searched.</summary>
    public static Found Failed(string name, Exception why) => new(0, 0, 1, [$"{name}: {why.Message}"]);

    /// <summary>Counts device by device, in a store that is asked by device.</summary>
    public static async Task<Found> ByDeviceAsync(
        IReadOnlySet<DeviceId> devices, Func<DeviceId, Task<long>> count, Action<Found> progress, CancellationToken cancellation)
    {
        var found = default(Found);
        foreach (var device in devices)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                progress(found += new Found(await count(device), 0, 1));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The device is not named: the record outlives it.
                progress(found += Failed("a device", e));
            }
        }

        return found;
    }
}
