using System.Threading.Channels;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// Appends that wait for a commit, bounded: whoever comes when it is full waits for a place. Taken by one thread at a time.
/// </summary>
internal sealed class AppendQueue
{
    private const int Places = 1024;
    private const int MostACommit = 256;
    private const long BytesACommit = 2 << 20;
    private readonly Channel<PendingAppend> _appends = Channel.CreateBounded<PendingAppend>(Places);

    public bool IsEmpty => !_appends.Reader.TryPeek(out _);

    /// <summary>False when it is full or closed; <see cref="AddAsync"/> tells which.</summary>
    public bool TryAdd(PendingAppend append) => _appends.Writer.TryWrite(append);

    public async Task AddAsync(PendingAppend append, CancellationToken cancellation)
    {
        try
        {
            await _appends.Writer.WriteAsync(append, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException("The buffer is closed.", e);
        }
    }

    /// <summary>Takes as many as one commit should hold; what its caller has given up is passed over.</summary>
    public void Take(List<PendingAppend> group)
    {
        group.Clear();
        var bytes = 0L;
        while (group.Count < MostACommit && bytes < BytesACommit && _appends.Reader.TryRead(out var append))
        {
            if (!append.TryTake())
                continue;
            group.Add(append);
            bytes += append.Charge;
        }
    }

    /// <summary>Takes no more; what is here already stays.</summary>
    public void Close() => _appends.Writer.TryComplete();

    /// <summary>Takes no more, and refuses what is here.</summary>
    public void Abort(Exception why)
    {
        _appends.Writer.TryComplete(why);
        while (_appends.Reader.TryRead(out var append))
            append.Fail(why);
    }
}
