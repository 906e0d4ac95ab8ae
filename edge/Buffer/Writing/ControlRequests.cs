using IotGateway.Edge.Buffer.Batches;


namespace IotGateway.Edge.Buffer.Writing;

/// <summary>Work of the next commit beside appends and acknowledgements. Guarded by the buffer's lock.</summary>
internal sealed class ControlRequests
{
    private readonly List<(long Sequence, string Cause)> _drops = [];
    private long _forgetThrough;
    private bool _newStream;

    public void Drop(long sequence, string cause) => _drops.Add((sequence, cause));

    public void ForgetLosses(long throughId) => _forgetThrough = Math.Max(_forgetThrough, throughId);

    public void BeginStream() => _newStream = true;

    /// <summary>The work there is now; it stays to be done until <see cref="Done"/>.</summary>
    public ControlRequestList Take() => new([.. _drops], _forgetThrough, _newStream);

    /// <summary>These are durable.</summary>
    public void Done(ControlRequestList done)
    {
        if (_forgetThrough == done.ForgetThrough)
            _forgetThrough = 0;
        _newStream &= !done.NewStream;
        _drops.RemoveAll(done.Drops.Contains);
    }
}

/// <summary>The control requests of one commit: batches to give up with the cause, losses that were told, a new stream id.</summary>
internal sealed record ControlRequestList(IReadOnlyList<(long Sequence, string Cause)> Drops, long ForgetThrough, bool NewStream)
{
    public bool Any => Drops.Count > 0 || ForgetThrough > 0 || NewStream;

    public void Run(Transaction transaction, BufferIndex index)
    {
        foreach (var (sequence, cause) in Drops.Where(d => index.Holds(d.Sequence)))
            transaction.Drop(sequence, cause);
        if (NewStream)
            transaction.BeginStream();
        if (ForgetThrough > 0)
            transaction.ForgetLosses(ForgetThrough);
    }
}
