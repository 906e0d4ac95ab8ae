namespace IotGateway.Science.Tests;

public class SortedWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(45)]
    [InlineData(336)]
    public void ASlidingWindowHoldsWhatSortingWouldGive(int length)
    {
        var random = new Random(length);
        double[] series =
        [
            .. Enumerable.Range(0, (5 * length) + 20).Select(_ => random.Next(4) == 0 ? double.NaN : random.Next(3 * length) / 10.0),
        ];
        var window = new SortedWindow(length);
        for (var i = 0; i < series.Length; i++)
        {
            window.Replace(i < length ? double.NaN : series[i - length], series[i]);
            Assert.Equal(
                series[Math.Max(0, i - length + 1)..(i + 1)].Where(v => !double.IsNaN(v)).Order(), window.Ascending.ToArray());
        }
    }

    [Fact]
    public void ANumberThatIsNotHeldCannotLeave()
    {
        var window = new SortedWindow(2);
        window.Replace(double.NaN, 1);
        Assert.Throws<InputException>(() => window.Replace(2, double.NaN));
        Assert.Throws<InputException>(() => window.Replace(0, 3));
        Assert.Equal([1.0], window.Ascending.ToArray());
    }

    [Fact]
    public void AFullWindowTakesNoMore()
    {
        var window = new SortedWindow(1);
        window.Replace(double.NaN, 1);
        Assert.Throws<InputException>(() => window.Replace(double.NaN, 2));
        window.Replace(1, 2);
        Assert.Equal([2.0], window.Ascending.ToArray());
    }
}
