using IotGateway.Cloud.Lake.Curated.Tables;

namespace IotGateway.Cloud.Lake.Curated.Merging;

/// <summary>Merges sorted runs. Of several rows with one device, metric and time, the first to arrive stays.</summary>
internal sealed class CuratedMerge
{
    /// <summary>
    /// A heap: the run with the least row comes first. A run moves on in its place, which the framework's queue does not allow.
    /// </summary>
    private readonly List<CuratedRun> _runs = [];

    private CuratedRow _standing;
    private bool _stands;

    /// <summary>Rows that came again with the standing value.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Rows that came again with another value.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Rows that went out.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes the merged rows.</summary>
    public async Task WriteAsync(IReadOnlyList<CuratedRun> runs, CuratedFiles to, CancellationToken cancellation)
    {
        _stands = false;
        for (var i = 0; i < runs.Count; i++)
        {
            runs[i].Number = i;
            if (await runs[i].OpenAsync(cancellation))
                _runs.Add(runs[i]);
        }

        _runs.Sort(CuratedRun.Compare);
        while (_runs.Count > 0)
        {
            if (Drain(to))
            {
                await to.EndAsync(cancellation);
                continue;
            }

            if (!await _runs[0].OpenAsync(cancellation))
            {
                _runs[0] = _runs[^1];
                _runs.RemoveAt(_runs.Count - 1);
            }

            SiftDown();
        }

        await to.EndAsync(cancellation);
    }

    /// <summary>Takes rows until the file is full (true) or the first run needs to load more (false).</summary>
    private bool Drain(CuratedFiles to)
    {
        while (true)
        {
            var run = _runs[0];
            Take(run.Current, to);
            if (!run.Advance())
                return false;
            if (_runs.Count > 1)
                SiftDown();
            if (to.IsFull)
                return true;
        }
    }

    private void SiftDown()
    {
        for (var at = 0; ;)
        {
            var child = (2 * at) + 1;
            if (child >= _runs.Count)
                return;
            if (child + 1 < _runs.Count && CuratedRun.Compare(_runs[child + 1], _runs[child]) < 0)
                child++;
            if (CuratedRun.Compare(_runs[at], _runs[child]) <= 0)
                return;
            (_runs[at], _runs[child]) = (_runs[child], _runs[at]);
            at = child;
        }
    }

    private void Take(in CuratedRow row, CuratedFiles to)
    {
        if (_stands && row.Time == _standing.Time && CuratedSeries.Compare(row.Series, _standing.Series) == 0)
        {
            if (row.Value.Equals(_standing.Value))
                Duplicates++;
            else
                Conflicts++;
            return;
        }

        (_standing, _stands) = (row, true);
        Rows++;
        to.Add(row);
    }
}
