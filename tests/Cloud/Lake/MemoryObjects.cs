using System.Runtime.CompilerServices;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>Objects in memory, for several users at once. It can fail at a call, before or after the call did its work.</summary>
internal sealed class MemoryObjects : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The call that fails, counted from 1; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>True when the failing call does its work first.</summary>
    public bool FailAfter { get; set; }

    /// <summary>Called before an object is written; the writer waits for it.</summary>
    public Func<string, Task>? BeforePut { get; set; }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_gate)
                return [.. _objects.Keys];
        }
    }

    public async Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (BeforePut is { } wait)
            await wait(key);
        return Do(() => _objects.TryAdd(key, bytes.ToArray()));
    }

    public async Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (BeforePut is { } wait)
            await wait(key);
        Do(() => _objects[key] = bytes.ToArray());
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) =>
        Task.FromResult(Do(() => _objects.GetValueOrDefault(key)?.ToArray()));

    public async IAsyncEnumerable<LakeObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var found in Do(() => _objects
            .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(o => new LakeObject(o.Key, o.Value.Length))
            .ToArray()))
            yield return found;
    }

    public Task<bool> KeepsVersionsAsync(CancellationToken cancellation) => Task.FromResult(false);

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        Do(() => _objects.Remove(key));
        return Task.CompletedTask;
    }

    /// <summary>The same objects, to be used apart.</summary>
    public MemoryObjects Copy()
    {
        var copy = new MemoryObjects();
        foreach (var (key, bytes) in _objects)
            copy._objects.Add(key, bytes);
        return copy;
    }

    private T Do<T>(Func<T> act)
    {
        lock (_gate)
        {
            Calls++;
            if (Calls == FailAt && !FailAfter)
                throw new IOException($"Call {Calls} fails.");
            var done = act();
            return Calls == FailAt ? throw new IOException($"Call {Calls} fails afterwards.") : done;
        }
    }
}
