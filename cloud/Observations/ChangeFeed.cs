using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// Tells whoever listens (open pages, the forecaster) which devices have new observations. A slow listener misses none: what it has not
/// taken yet is merged.
/// </summary>
internal sealed class ChangeFeed
{
    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];

    /// <summary>
    /// True when all changes come by this process. False where others write the store too: who must know of those looks from time to time.
    /// </summary>
    public bool HearsAll { get; init; } = true;

    /// <summary>Names devices that have new observations.</summary>
    public void Publish(IEnumerable<DeviceId> devices)
    {
        var changed = devices.ToArray();
        lock (_gate)
        {
            foreach (var listener in _listeners)
                listener.Add(changed);
        }
    }

    /// <summary>
    /// The changes from now on, each with the devices that changed since the last one taken; ends with <paramref name="cancellation"/>.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyCollection<DeviceId>> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var listener = new Listener();
        lock (_gate)
            _listeners.Add(listener);
        try
        {
            while (await listener.Signal.Reader.WaitToReadAsync(cancellation))
                yield return listener.Take();
        }
        finally
        {
            lock (_gate)
                _listeners.Remove(listener);
        }
    }

    private sealed class Listener
    {
        private readonly Lock _gate = new();
        private HashSet<DeviceId> _changed = [];

        public Channel<bool> Signal { get; } = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });

        public void Add(DeviceId[] devices)
        {
            lock (_gate)
                _changed.UnionWith(devices);
            Signal.Writer.TryWrite(true);
        }

        public HashSet<DeviceId> Take()
        {
            Signal.Reader.TryRead(out _);
            lock (_gate)
            {
                var taken = _changed;
                _changed = [];
                return taken;
            }
        }
    }
}
