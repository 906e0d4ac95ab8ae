using System.Collections.Concurrent;

namespace IotGateway.Cloud.Data;

/// <summary>Answers that take a while to make, each kept for a time under its key; nobody waits for another key's.</summary>
/// <param name="stands">Time that one stands.</param>
/// <param name="most">Most that are kept; beyond, those that no longer stand go, and all where that is not enough.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentlyMade<T>(TimeSpan stands, int most, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, T Answer)> _made = new(StringComparer.Ordinal);

    /// <summary>The answer under a key, made where none stands.</summary>
    public async Task<T> ReadAsync(string key, Func<Task<T>> makeAsync)
    {
        if (_made.TryGetValue(key, out var made) && Stands(made.At))
            return made.Answer;
        var answer = await makeAsync();
        if (_made.Count >= most)
            MakeRoom();
        _made[key] = (time.GetUtcNow(), answer);
        return answer;
    }

    private void MakeRoom()
    {
        foreach (var (key, made) in _made)
        {
            if (!Stands(made.At))
                _made.TryRemove(key, out _);
        }

        if (_made.Count >= most)
            _made.Clear();
    }

    private bool Stands(DateTimeOffset at) => time.GetUtcNow() - at < stands;
}
