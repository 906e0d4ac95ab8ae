using IotGateway.Benchmarks.Measures;

namespace IotGateway.Architecture.Tests.Benchmarks;

public class TableTests
{
    private static readonly Ratio Met = new("append", 20, "SQLite", 10, "readings/s", 1.5);

    [Fact]
    public void APeerThatIsNotInstalledIsNamedAndMissesNothing()
    {
        var (met, text) = Print(Met, Met with { Peer = "InfluxDB", PeerFigure = null });

        Assert.True(met);
        Assert.Contains("not measured: no InfluxDB here", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("MISSED", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10.0)]
    [InlineData(double.NaN)]
    public void ABarThatIsNotReachedIsMissed(double ours)
    {
        var (met, text) = Print(Met, Met with { Ours = ours });

        Assert.False(met);
        Assert.Contains("MISSED", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LessIsBetterWhereItIsSaid()
    {
        Assert.True(Print(new Ratio("syncs", 1, "limit", 2, "syncs", 1, LessIsBetter: true)).Met);
        Assert.False(Print(new Ratio("syncs", 3, "limit", 2, "syncs", 1, LessIsBetter: true)).Met);
    }

    private static (bool Met, string Text) Print(params Ratio[] ratios)
    {
        using var text = new StringWriter();
        return (Table.Print(ratios, text), text.ToString());
    }
}
