namespace IotGateway.Science.Tests;

/// <summary>Medians found without sorting, against those of sorted numbers.</summary>
public class MediansTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(81)]
    [InlineData(3000)]
    public void TheMedianFoundIsThatOfTheSortedNumbers(int count)
    {
        double[] apart = [.. Enumerable.Range(1, count).Select(i => Math.Sin(i * 12.9898))];
        double[] tied = [.. apart.Select(v => Math.Round(5 * v))];
        double[][] all = [apart, tied, [.. apart.Order()], [.. apart.OrderDescending()]];

        Assert.All(all, values => Assert.Equal(Medians.Of([.. values]), Medians.Find([.. values])));
    }
}
