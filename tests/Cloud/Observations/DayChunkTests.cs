using CsCheck;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class DayChunkTests
{
    private static readonly DateTimeOffset Day = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PackedAndReadAgainHoldsWhatADictionaryWouldHold() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 30], Gen.Int[0, 86_399_999]), Gen.Double.Where(double.IsFinite), Gen.Int[0, 1023]).Array
            .Sample(entries =>
            {
                var expected = new SortedDictionary<int, (double, Quality)>();
                var chunk = new DayChunk([]);
                foreach (var (ms, value, quality) in entries)
                {
                    var isNew = expected.TryAdd(ms, (value, (Quality)quality));
                    Assert.Equal(isNew, chunk.TryAdd(Day.AddMilliseconds(ms), value, (Quality)quality, out var standing));
                    Assert.Equal(expected[ms].Item1, standing);
                    chunk = new DayChunk(chunk.Packed);
                }

                Assert.Equal(
                    expected.Select(e => new Observation(Day.AddMilliseconds(e.Key), e.Value.Item1, e.Value.Item2)),
                    chunk.Observations(Day));
            });
}
