namespace IotGateway.Edge.Objects;

/// <summary>The condition of the store.</summary>
internal enum StoreState
{
    /// <summary>No bucket is configured.</summary>
    Off,

    /// <summary>Nothing was tried yet.</summary>
    Unknown,

    /// <summary>The last object was taken.</summary>
    Working,

    /// <summary>It cannot be reached or does not answer well; tried again with back-off.</summary>
    Unreachable,

    /// <summary>It refuses for a reason that a person must mend; tried again slowly.</summary>
    Blocked,
}

/// <summary>State of the way of objects to their store.</summary>
/// <param name="Since">Since when the state is as it is.</param>
/// <param name="LastError">The newest failure with its time; null when there was none.</param>
/// <param name="IncomingTrouble">Why a file stays in the drop folder; null when none does.</param>
internal sealed record ObjectsState(
    string Target, StoreState State, DateTimeOffset Since, long SentFiles, long SentBytes, DateTimeOffset? LastSent, string? LastError,
    string? IncomingTrouble);

/// <summary>Keeps the state for the status page.</summary>
internal sealed class ObjectStatus(ObjectOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private ObjectsState _state = new(
        options.Enabled ? options.Bucket : "none", options.Enabled ? StoreState.Unknown : StoreState.Off, time.GetUtcNow(), 0, 0, null,
        null, null);

    public ObjectsState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    public void Begun(string target) => Change(s => s with { Target = target });

    public void Sent(long bytes) =>
        Change(s => Into(s, StoreState.Working) with
        {
            SentFiles = s.SentFiles + 1,
            SentBytes = s.SentBytes + bytes,
            LastSent = time.GetUtcNow(),
        });

    public void Failed(StoreState state, string reason) =>
        Change(s => Into(s, state) with { LastError = $"{time.GetUtcNow():O} {reason}" });

    public void Incoming(string? trouble) => Change(s => s with { IncomingTrouble = trouble });

    private ObjectsState Into(ObjectsState s, StoreState state) =>
        s.State == state ? s : s with { State = state, Since = time.GetUtcNow() };

    private void Change(Func<ObjectsState, ObjectsState> change)
    {
        lock (_gate)
            _state = change(_state);
    }
}
