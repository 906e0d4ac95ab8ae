using System.Collections.Concurrent;

namespace IotGateway.Cloud.Ingest.Status;

/// <summary>State of the cloud's own work, and the reason when it does not do it.</summary>
internal sealed class Health(TimeProvider time)
{
    /// <summary>A piece of work that takes longer than this does not get on: the largest takes a second or two.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _working = new(StringComparer.Ordinal);
    private string? _fault;
    private string? _trouble;
    private bool _listening;

    /// <summary>Its problem; null when there is none.</summary>
    public string? Problem =>
        Volatile.Read(ref _fault) ?? Volatile.Read(ref _trouble) ?? Stuck
            ?? (Volatile.Read(ref _listening) ? null : "the broker or the queue is not open yet, or no longer");

    public void Listening(bool value) => Volatile.Write(ref _listening, value);

    /// <summary>Something does not work now and is tried again; null when it works.</summary>
    public void Trouble(string? problem) => Volatile.Write(ref _trouble, problem);

    /// <summary>Something failed for good; the process is about to end.</summary>
    public void Fail(string problem) => Volatile.Write(ref _fault, problem);

    /// <summary>Says that a piece of work has begun; it ends as the answer is disposed of. One piece of a name at a time.</summary>
    public Piece Working(string on)
    {
        _working[on] = time.GetTimestamp();
        return new Piece(this, on);
    }

    private string? Stuck
    {
        get
        {
            foreach (var (on, began) in _working)
            {
                if (time.GetElapsedTime(began) is var elapsed && elapsed > Longest)
                    return $"{on} has not got on for {elapsed.TotalSeconds:0} s";
            }

            return null;
        }
    }

    /// <summary>A piece of work under way.</summary>
    public readonly struct Piece(Health health, string on) : IDisposable
    {
        public void Dispose() => health._working.TryRemove(on, out _);
    }
}
