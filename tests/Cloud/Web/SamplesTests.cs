using CsCheck;
using IotGateway.Cloud.Web.Charts;

namespace IotGateway.Cloud.Tests.Web;

public sealed class SamplesTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ALineIsCutWhereMoreThan45MinutesAreMissing()
    {
        Sample[] samples = [At(0), At(15), At(60), At(106), At(120)];
        var runs = Samples.Split(samples, Samples.LongestJoin).Select(r => r.Length);
        Assert.Equal([3, 2], runs);
        Assert.Empty(Samples.Split([], Samples.LongestJoin));
    }

    [Fact]
    public void ThinningKeepsExtremesEndsAndOrderWithinItsBound() =>
        Gen.Double[-40, 85].Array[0, 3000].Select(Gen.Int[4, 500]).Sample((values, most) =>
        {
            var run = values.Select((v, i) => new Sample(Start.AddMinutes(i), v)).ToArray();
            var thin = Samples.Thin(run, most);
            Assert.True(thin.Count <= Math.Max(most, 4));
            Assert.Equal(thin.OrderBy(s => s.Time), thin);
            if (run.Length == 0)
                return;
            Assert.Equal((run[0], run[^1]), (thin[0], thin[^1]));
            Assert.Equal((run.Min(s => s.Value), run.Max(s => s.Value)), (thin.Min(s => s.Value), thin.Max(s => s.Value)));
        });

    private static Sample At(double minutes) => new(Start.AddMinutes(minutes), 1);
}
