using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;
using IotGateway.Storage.Pages;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>The policy of a full disk: the room there must be, and the batches that make it.</summary>
internal sealed class DiskPolicy(BufferLimits limits, ThinBatch? thin, Func<double> warnAt)
{
    private const int StepsACommit = 64;
    private const long FreeLookEvery = 4 << 20;
    private const long LargestExtra = 4 << 20;

    /// <summary>A margin: the cost of part-filled pages is learnt from the file's growth, so it grows a little too far first.</summary>
    private const int Margin = 64;
    private const long SqueezeExtra = 128 << 10;
    private long _free = long.MaxValue;
    private long _freeSeenAt = long.MinValue;
    private long _pageBytes;
    private long _overhead;
    private bool _grew;

    private long BySize => limits.MaxBytes - limits.LogBytes - PageStore.SlackBytes - (limits.MaxBytes / Margin);

    /// <summary>The share of the limit from which the buffer warns.</summary>
    public double WarnAt => warnAt();

    /// <summary>The most that batches may take: what the size limit leaves beside the log, or less where the disk is short.</summary>
    public long Limit(BufferFiles files, BufferIndex index)
    {
        var pages = files.Store.Pages;
        var written = files.Counters.BytesWritten;
        if (_freeSeenAt == long.MinValue || written - _freeSeenAt >= FreeLookEvery)
            (_free, _freeSeenAt) = (files.FreeBytes, written);
        var byDisk = pages.PageBytes + Math.Max(0, _free - limits.ReserveFreeBytes);
        return Math.Min(BySize, byDisk) - _overhead;
    }

    /// <summary>
    /// True where the file, which had no free page for the last append, may hardly grow by <paramref name="need"/>: then documents at
    /// free slots give up their pages.
    /// </summary>
    public bool IsCrowded(BufferFiles files, long need) => _grew && files.Store.Pages.PageBytes + (2 * need) > BySize;

    /// <summary>
    /// Looks at the file after a commit. One that appended and made the file grow found no page free: what the file holds beyond our
    /// own count is then lost to part-filled pages and indexes, and the limit comes down by it.
    /// </summary>
    public void Learn(BufferFiles files, BufferIndex index, bool appended)
    {
        var now = files.Store.Pages.PageBytes;
        if (appended)
            _grew = _pageBytes > 0 && now > _pageBytes;
        if (appended && _grew)
            _overhead = Math.Clamp(now - index.Bytes, 0, limits.MaxBytes / 4);
        _pageBytes = now;
    }

    /// <summary>The used part of the limit.</summary>
    public double UsedShare(BufferFiles files, BufferIndex index) =>
        (double)index.Bytes / Math.Max(1, files.IsOpen ? Limit(files, index) : limits.MaxBytes - limits.LogBytes - PageStore.SlackBytes);

    public bool Fits(BufferFiles files, BufferIndex index, long need) => index.Bytes + need <= Limit(files, index);

    /// <summary>
    /// The bytes that the batches held must come down to before <paramref name="need"/> bytes may be added; null when they fit. Some
    /// more than
    /// needed goes at once, because a freed page serves only a later commit and every removal costs one.
    /// </summary>
    public long? Wanted(BufferFiles files, BufferIndex index, long need, bool squeeze)
    {
        if (squeeze)
        {
            // The disk said no: whatever it counts as free, room must come from within the file.
            _freeSeenAt = long.MinValue;
            return Math.Max(0, Math.Min(Limit(files, index), index.Bytes) - (2 * need) - SqueezeExtra);
        }

        // Nothing goes on the word of an old look at the disk.
        if (index.Bytes + need > Limit(files, index))
            _freeSeenAt = long.MinValue;
        var limit = Limit(files, index);
        return index.Bytes + need <= limit ? null : Math.Max(0, limit - need - Math.Min(limit / 64, LargestExtra));
    }

    /// <summary>Removes until the goal, or as much as one commit should; false when nothing is left that may go.</summary>
    public bool Make(Transaction transaction, BatchStore store, BufferIndex index, long goal)
    {
        var useful = false;
        for (var steps = 0; steps < StepsACommit && index.Bytes > goal; steps++)
        {
            if (index.NextOrdinary(1) is not { } first)
                return useful;
            var step = Thinning.Next(first, index.Last, index.Thinned);
            if (!step.Drops)
            {
                // Levels pass over what is not there (acknowledged, alarms) without a step of their own.
                var next = index.NextOrdinary(step.Sequence);
                index.Thinned[step.Level] = Math.Max(step.Sequence, (next ?? index.Last + 1) - 1);
                if (next != step.Sequence)
                {
                    steps--;
                    continue;
                }
            }

            Apply(step, transaction, store, index);
            useful = true;
        }

        return useful;
    }

    /// <summary>Free slots have been emptied: what part-filled pages cost is learnt anew.</summary>
    public void Unlearn() => (_overhead, _grew) = (0, false);

    private void Apply(ThinningStep step, Transaction transaction, BatchStore store, BufferIndex index)
    {
        if (step.Drops)
        {
            transaction.Drop(step.Sequence, LossCause.Dropped);
            return;
        }

        if (thin is null)
        {
            if (!Thinning.Keeps(step.Sequence, step.Level))
                transaction.Drop(step.Sequence, LossCause.Thinned);
            return;
        }

        if (store.Find(index, step.Sequence, BatchKind.Ordinary) is not { } batch)
        {
            transaction.Drop(step.Sequence, LossCause.Damaged);
            return;
        }

        var (payload, readings) = thin(batch.Payload, batch.Readings, 2);
        if (readings < batch.Readings && readings > 0)
            transaction.Thin(batch, payload, readings);
        else if (!Thinning.Keeps(step.Sequence, step.Level))
            transaction.Drop(step.Sequence, LossCause.Thinned);
    }
}
