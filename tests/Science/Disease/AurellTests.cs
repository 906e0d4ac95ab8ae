using IotGateway.Learning.Data;
using IotGateway.Science.Disease.Varroa;
using IotGateway.Tables;

namespace IotGateway.Science.Tests.Disease;

/// <summary>Ranges that are taken from the splits of Aurell et al. 2025, worked out once more from the data.</summary>
public class AurellTests
{
    private const int Draws = 4_000;
    private const double DaysToSecondWash = 75;
    private static readonly IReadOnlyList<TableRow> Rows = DataFiles.Read(DataFiles.Splits).Rows;
    private static readonly double[] Untreated = [.. Second("Control")];

    [Fact]
    public void UncountedColoniesAreDrawnFromTheQuantilesOfTheWashes()
    {
        double[] washes = [.. Rows.Select(r => Load(r, "ch77_var_total", "ch77_wash_bees")).OfType<double>().Order()];

        Assert.Equal(138, washes.Length);
        for (var i = 0; i <= 10; i++)
            Assert.Equal(Quantile(washes, i / 10.0), VarroaParameters.Unmeasured[i], 0.06);
    }

    [Fact]
    public void GrowthRunsFromTheSlowestToTheFastestOfTheUntreated()
    {
        double[] first = [.. Rows.Select(r => Load(r, "ch2_var_wash", "ch2_wash_bees")).OfType<double>()];
        var slow = Interval(random => Math.Log(Mean(Untreated, random) / Mean(first, random)) / DaysToSecondWash);

        Assert.Equal(VarroaParameters.Growth.Low, slow.Low, 0.0015);
        Assert.InRange(VarroaParameters.Growth.High, slow.High, 3 * slow.High);
    }

    [Theory]
    [InlineData("amitraz", "Apivar", "Amitraz EC")]
    [InlineData("oxalic-acid", "OA Dribble", "5x OA Dribble", "OA Vapor")]
    [InlineData("hop-acids", "HopGuard")]
    public void ATreatmentsRangeHoldsTheIntervalsOfItsTrials(string name, params string[] trials)
    {
        var intervals = trials.Select(t => Second(t).ToArray())
            .Select(treated => Interval(random => 1 - (Mean(treated, random) / Mean(Untreated, random)))).ToList();
        var range = VarroaTreatments.Find(name)!;

        Assert.Equal(Math.Max(0, intervals.Min(i => i.Low)), range.Low, 0.05);
        Assert.Equal(intervals.Max(i => i.High), range.High, 0.03);
    }

    private static IEnumerable<double> Second(string treatment) => Rows
        .Where(r => r.Text("trt_label") == treatment).Select(r => Load(r, "ch77_var_total", "ch77_wash_bees")).OfType<double>();

    private static double? Load(TableRow row, string mites, string bees) =>
        row.Maybe(mites) is { } found && row.Maybe(bees) is > 0 and var sample ? 100 * found / sample : null;

    private static double Mean(double[] loads, Random random) => loads.Average(_ => loads[random.Next(loads.Length)]);

    private static (double Low, double High) Interval(Func<Random, double> score)
    {
        var random = new Random(1);
        double[] sorted = [.. Enumerable.Range(0, Draws).Select(_ => score(random)).Order()];
        return (Quantile(sorted, 0.025), Quantile(sorted, 0.975));
    }

    private static double Quantile(double[] sorted, double probability)
    {
        var at = probability * (sorted.Length - 1);
        var below = Math.Min((int)at, sorted.Length - 2);
        return sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
