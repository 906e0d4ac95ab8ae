using CsCheck;

namespace IotGateway.Telemetry.Tests;

public class SequenceSetTest
{
    [Fact]
    public void IsTheSameSetAsOneThatKeepsEveryNumber() =>
        Gen.Select(Gen.Long[1, 60], Gen.Long[0, 9]).Array[0, 30].Sample(additions =>
        {
            var ranges = new SequenceSet();
            var numbers = new HashSet<long>();
            foreach (var (first, more) in additions)
            {
                var fresh = false;
                for (var n = first; n <= first + more; n++)
                    fresh |= numbers.Add(n);
                Assert.Equal(fresh, ranges.Add(first, first + more));
            }

            Assert.Equal(numbers.Order(), ranges.Ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(n => (long)n)));
            Assert.All(ranges.Ranges.Zip(ranges.Ranges.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
            var contiguous = 0L;
            while (numbers.Contains(contiguous + 1))
                contiguous++;
            Assert.Equal(contiguous, ranges.Contiguous);
            for (var n = 1L; n <= 70; n++)
                Assert.Equal(numbers.Contains(n) && numbers.Contains(n + 1), ranges.Contains(n, n + 1));
        });

    [Fact]
    public void ARangeThatEndsBeforeItBeginsIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceSet().Add(2, 1));
}
