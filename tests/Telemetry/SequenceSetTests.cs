using CsCheck;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class SequenceSetTests
{
    private static readonly Gen<(bool Adds, int First, int Last)[]> Changes =
        Gen.Select(Gen.Bool, Gen.Int[1, 60], Gen.Int[0, 12], (adds, first, length) => (adds, first, first + length)).Array[0, 40];

    [Fact]
    public void BehavesAsASetOfNumbers() => Changes.Sample(changes =>
    {
        var (set, model) = (new SequenceSet(), new SortedSet<long>());
        foreach (var (adds, first, last) in changes)
        {
            var numbers = Enumerable.Range(first, last - first + 1).Select(n => (long)n).ToList();
            if (adds)
            {
                set.Add(first, last);
                model.UnionWith(numbers);
            }
            else
            {
                set.Remove(first, last);
                model.ExceptWith(numbers);
            }
        }

        Assert.Equal(model, set.Ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)r.Count)).Select(n => (long)n));
        Assert.Equal(model.Count, set.Count);
        var contiguous = 0L;
        while (model.Contains(contiguous + 1))
            contiguous++;
        Assert.Equal(contiguous, set.Contiguous);
        for (var n = 1L; n <= 75; n++)
        {
            Assert.Equal(model.Contains(n) && model.Contains(n + 1), set.Contains(n, n + 1));
            Assert.Equal(model.Contains(n), set.Contains(n));
            Assert.Equal(Enumerable.Range((int)n, 100).First(m => !model.Contains(m)), set.NextMissing(n));
            Assert.Equal(model.Where(m => m >= n).Select(m => (long?)m).FirstOrDefault(), set.NextHeld(n));
        }

        Assert.Equal(model.Where(m => m is >= 10 and <= 40), Numbers(set.Inside(10, 40)));
        Assert.Equal(Enumerable.Range(10, 31).Select(m => (long)m).Where(m => !model.Contains(m)), Numbers(set.Outside(10, 40)));
        for (var i = 1; i < set.Ranges.Count; i++)
            Assert.True(set.Ranges[i - 1].Last + 1 < set.Ranges[i].First, "ranges that touch must be one");
    });

    [Fact]
    public void AddTellsWhatItSwallowed() => Changes.Sample(changes =>
    {
        var (set, copy) = (new SequenceSet(), new Dictionary<long, long>());
        foreach (var (_, first, last) in changes)
        {
            var swallowed = new List<SequenceRange>();
            var whole = set.Add(first, last, swallowed);
            foreach (var range in swallowed)
                Assert.True(copy.Remove(range.First));
            copy[whole.First] = whole.Last;
        }

        Assert.Equal(set.Ranges.Select(r => (r.First, r.Last)), copy.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    });

    private static IEnumerable<long> Numbers(IEnumerable<SequenceRange> ranges) =>
        ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)r.Count)).Select(n => (long)n);

    [Fact]
    public void ARangeThatEndsBeforeItBeginsIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceSet().Add(2, 1));
}
