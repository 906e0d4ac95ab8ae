using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;
using IotGateway.Edge.Buffer.Writing;

namespace IotGateway.Edge.Buffer;

/// <summary>The buffer at one moment.</summary>
internal sealed record BufferStatus
{
    /// <summary>The id of this run of sequences.</summary>
    public required string StreamId { get; init; }

    /// <summary>Batches held for at least one destination.</summary>
    public required long Batches { get; init; }

    /// <summary>Readings in these batches.</summary>
    public required long Readings { get; init; }

    /// <summary>Bytes these batches take in the file, overhead estimated.</summary>
    public required long Bytes { get; init; }

    /// <summary>The time at which the oldest batch held was appended; null when none is.</summary>
    public required DateTimeOffset? OldestAppendedAt { get; init; }

    /// <summary>The oldest sequence held; 0 when none is.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The newest sequence appended, held or not; 0 before the first.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Batches each destination has yet to acknowledge.</summary>
    public required IReadOnlyDictionary<string, long> PendingByDestination { get; init; }

    /// <summary>Readings lost since the file was begun, by <see cref="LossCause"/>.</summary>
    public required IReadOnlyDictionary<string, long> LossesByCause { get; init; }

    /// <summary>Bytes of the live files on disk, the log included. Files never shrink; their space is used again.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The used part of the size limit, from 0 to 1 (more when alarms alone exceed it).</summary>
    public required double UsedShare { get; init; }

    /// <summary>True from 80 % of the limit.</summary>
    public required bool Warning { get; init; }

    /// <summary>Bytes written to the disk since the buffer was opened.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>Readings appended since the buffer was opened.</summary>
    public required long ReadingsAppended { get; init; }

    /// <summary>
    /// Bytes written to the disk for each reading appended since the buffer was opened: the wear of the flash. 0 before the first.
    /// </summary>
    public double BytesWrittenPerReading => ReadingsAppended == 0 ? 0 : (double)BytesWritten / ReadingsAppended;

    /// <summary>Syncs of files and folder since the buffer was opened.</summary>
    public required long Syncs { get; init; }

    /// <summary>Commits since the buffer was opened.</summary>
    public required long Commits { get; init; }

    /// <summary>Checkpoints (log copied into the data file) since the buffer was opened.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>Damaged data files that lie in the folder under another name.</summary>
    public required int DamagedFiles { get; init; }

    /// <summary>False while the disk refuses writes; appends then fail, and each one tries again.</summary>
    public required bool Writable { get; init; }

    /// <summary>Looks at the buffer; called under the gate.</summary>
    public static BufferStatus Of(BufferFiles files, PublishedIndex published, DiskPolicy policy, BacklogReader backlog)
    {
        var index = published.Now;
        var first = index.NextHeld(1) is { } held && held <= published.Last ? held : 0;
        var oldest = first > 0 && files.IsOpen && backlog.TryFind(first, out var batch) ? batch?.AppendedAt : null;
        var used = policy.UsedShare(files, index);
        return new BufferStatus
        {
            StreamId = index.StreamId,
            Batches = index.Batches,
            Readings = index.Readings,
            Bytes = index.Bytes,
            OldestAppendedAt = oldest,
            FirstSequence = first,
            LastSequence = published.Last,
            PendingByDestination = index.Destinations.ToDictionary(
                u => u.Name, u => published.Last - u.Known.Inside(1, published.Last).Sum(r => r.Count), StringComparer.Ordinal),
            LossesByCause = new Dictionary<string, long>(index.LossTotals, StringComparer.Ordinal),
            FileBytes = files.IsOpen ? files.Store.Pages.FileBytes : 0,
            UsedShare = used,
            Warning = used >= policy.WarnAt,
            BytesWritten = files.Counters.BytesWritten,
            ReadingsAppended = published.ReadingsAppended,
            Syncs = files.Counters.Syncs,
            Commits = published.Commits,
            Checkpoints = published.Checkpoints,
            DamagedFiles = files.DamagedFiles,
            Writable = files.IsOpen,
        };
    }
}
