using IotGateway.Science.Hive.Colony.Filter;

namespace IotGateway.Science.Tests.Hive.Colony;

public class DescentTests
{
    [Fact]
    public void EachParticleHasItsAncestorsValueAsIfCopiedAside()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var count = random.Next(1, 40);
            int[] ancestors = [.. Enumerable.Range(0, count).Select(_ => random.Next(count)).Order()];
            double[] values = [.. Enumerable.Range(0, count).Select(i => (double)i)];

            Descent.Follow<double>(values, ancestors);

            Assert.Equal(ancestors.Select(a => (double)a), values);
        }
    }
}
