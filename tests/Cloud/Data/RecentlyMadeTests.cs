using IotGateway.Cloud.Data;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Data;

/// <summary>Answers that are kept for a time.</summary>
public sealed class RecentlyMadeTests
{
    private readonly FakeTimeProvider _time = new();
    private int _count;

    [Fact]
    public async Task AnAnswerStandsForItsTimeAndIsThenMadeAnew()
    {
        var recent = new RecentlyMade<int>(TimeSpan.FromMinutes(1), 10, _time);
        Assert.Equal((1, 1), (await recent.ReadAsync("a", NextAsync), await recent.ReadAsync("a", NextAsync)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await recent.ReadAsync("a", NextAsync));
    }

    [Fact]
    public async Task NobodyWaitsForAnotherKey()
    {
        var recent = new RecentlyMade<int>(TimeSpan.FromMinutes(1), 10, _time);
        var never = new TaskCompletionSource<int>();
        var waiting = recent.ReadAsync("slow", () => never.Task);
        Assert.Equal(1, await recent.ReadAsync("fast", NextAsync));
        never.SetResult(7);
        Assert.Equal(7, await waiting);
    }

    [Fact]
    public async Task MoreThanTheMostMakesRoomAndNothingThatFailedIsKept()
    {
        var recent = new RecentlyMade<int>(TimeSpan.FromMinutes(1), 2, _time);
        await recent.ReadAsync("old", NextAsync);
        _time.Advance(TimeSpan.FromMinutes(1));
        await recent.ReadAsync("b", NextAsync);
        await recent.ReadAsync("c", NextAsync);
        Assert.Equal(2, await recent.ReadAsync("b", NextAsync));
        await recent.ReadAsync("d", NextAsync);
        Assert.Equal(5, await recent.ReadAsync("b", NextAsync));
        await Assert.ThrowsAsync<IOException>(() => recent.ReadAsync("e", () => throw new IOException()));
        Assert.Equal(6, await recent.ReadAsync("e", NextAsync));
    }

    private Task<int> NextAsync() => Task.FromResult(++_count);
}
