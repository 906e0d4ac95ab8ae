using System.Collections.Concurrent;
using IotGateway.Edge.Buffer;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

/// <summary>
/// The oracle: every append acknowledged is an obligation until a destination's acknowledgement of it is durable; after a fault the buffer
/// is held to all of them.
/// </summary>
internal sealed class Obligations
{
    private readonly ConcurrentDictionary<long, long> _owed = new();
    private readonly ConcurrentDictionary<long, bool> _attempted = new();
    private readonly ConcurrentDictionary<long, bool> _leaving = new();
    private readonly ConcurrentDictionary<long, bool> _gone = new();

    public int Count => _owed.Count;

    /// <summary>About to append a payload: it may turn up, acknowledged or not.</summary>
    public void Attempt(long id) => _attempted[id] = true;

    public void Acknowledged(long sequence, long id)
    {
        Assert.True(_owed.TryAdd(sequence, id), $"sequence {sequence} was given twice");
    }

    /// <summary>A destination's acknowledgement is on its way: the batch may be there or not.</summary>
    public void Leaving(long sequence) => _leaving[sequence] = true;

    /// <summary>The acknowledgement is durable: the batch must not come back.</summary>
    public void Gone(long sequence)
    {
        _gone[sequence] = true;
        _owed.TryRemove(sequence, out _);
    }

    public void HoldTo(BatchBuffer buffer)
    {
        Assert.Equal(0, buffer.Status.DamagedFiles);
        Assert.Empty(buffer.Losses);
        var held = buffer.ReadAll().ToDictionary(b => b.Sequence, b => Given.Id(b.Payload));
        foreach (var (sequence, id) in _owed)
        {
            if (!held.TryGetValue(sequence, out var found))
                Assert.True(_leaving.ContainsKey(sequence), $"sequence {sequence} was acknowledged and is lost");
            else
                Assert.Equal(id, found);
        }

        foreach (var (sequence, id) in held)
        {
            Assert.False(_gone.ContainsKey(sequence), $"sequence {sequence} came back after its acknowledgement was durable");
            Assert.True(_attempted.IsEmpty || _attempted.ContainsKey(id), $"sequence {sequence} holds what nobody appended");
        }

        // Whatever survived is from now on held to as well.
        foreach (var sequence in _owed.Keys.Where(s => !held.ContainsKey(s)))
            Gone(sequence);
        foreach (var (sequence, id) in held)
            _owed[sequence] = id;
        _leaving.Clear();
    }
}
