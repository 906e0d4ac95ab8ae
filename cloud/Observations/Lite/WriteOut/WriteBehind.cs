using System.Runtime.ExceptionServices;
using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Observations.Lite.WriteOut;

/// <summary>Writer of slices to the file, one behind the other, while what is in memory goes on.</summary>
/// <param name="file">The file; it takes no other change while a slice waits.</param>
internal sealed class WriteBehind(DocumentFile file)
{
    private readonly Lock _lock = new();

    /// <summary>The first is being written.</summary>
    private readonly Queue<Slice> _slices = [];
    private volatile ExceptionDispatchInfo? _failure;
    private int _parts;

    /// <summary>Number of parts that wait for being written, or are.</summary>
    public int Parts => Volatile.Read(ref _parts);

    /// <summary>True once a slice could not be written; none is any more.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Writes slices behind those that wait; throws what the file threw.</summary>
    public void Add(IReadOnlyList<Slice> slices)
    {
        _failure?.Throw();
        lock (_lock)
        {
            var isIdle = _slices.Count == 0;
            foreach (var slice in slices)
            {
                _slices.Enqueue(slice);
                _parts += slice.Parts;
            }

            if (isIdle && slices.Count > 0)
                new Thread(Write) { IsBackground = true, Name = "hot store" }.Start(slices[0]);
        }
    }

    /// <summary>Waits until the slice that is being written is durable; throws what the file threw.</summary>
    public void WaitForOne() => Wait(slices => slices.FirstOrDefault());

    /// <summary>Waits until all that was added is durable; throws what the file threw.</summary>
    public void Wait() => Wait(slices => slices.LastOrDefault());

    /// <summary>Waits until all has ended, durable or not.</summary>
    public void End() => Find(slices => slices.LastOrDefault())?.Ended.Wait();

    private void Wait(Func<Queue<Slice>, Slice?> which)
    {
        Find(which)?.Ended.Wait();
        _failure?.Throw();
    }

    private Slice? Find(Func<Queue<Slice>, Slice?> which)
    {
        lock (_lock)
            return which(_slices);
    }

    private void Write(object? first)
    {
        for (var slice = (Slice?)first; slice is not null; slice = After(slice))
        {
            try
            {
                file.Change(() =>
                {
                    foreach (var change in slice.Changes)
                        change.Write();
                });
                slice.Written();
            }
            catch (Exception e)
            {
                // Thrown where it is waited for, and at each later use.
                _failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    /// <summary>Takes off a slice that has ended, and where it failed all of them.</summary>
    private Slice? After(Slice slice)
    {
        lock (_lock)
        {
            do
            {
                _parts -= _slices.Dequeue().Parts;
                slice.Ended.Set();
            }
            while (_slices.TryPeek(out slice!) && HasFailed);
            return slice;
        }
    }
}
