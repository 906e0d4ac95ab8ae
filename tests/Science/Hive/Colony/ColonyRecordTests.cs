using IotGateway.Analyst.Colonies;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Tests.Services;

namespace IotGateway.Science.Tests.Hive.Colony;

/// <summary>
/// Record of the filter on simulated colonies; with LONG_TESTS=1 over enough of them for its figures to mean something.
/// </summary>
public sealed class ColonyRecordTests
{
    private const int Thermometer = 1;
    private const int All = 3;

    [Fact]
    public void ProbabilitiesAndRangesAreAsOftenRightAsTheySay()
    {
        var records = ColonyRecords.Run((int)FuzzShare.Iterations(2_000, 12), 1, FuzzShare.Long ? ColonyFilter.UsualParticles : 500);
        using var text = new StringWriter();
        ColonyRecords.Print(records, 1, text);
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        foreach (var record in records)
        {
            foreach (var quantity in Enum.GetValues<RangedQuantity>())
            {
                // Of mites, which are seldom counted, the ranges hold somewhat less than they say: docs/science/colony.md.
                var least = quantity == RangedQuantity.MitesNow ? 0.74 : 0.78;
                Assert.InRange(record.Coverage(quantity), least - Chance(0.16, record.Count), 0.82 + Chance(0.16, record.Count));
            }

            foreach (var decile in record.Deciles)
                Assert.InRange(decile.Came - decile.Said, -0.05 - Chance(0.25, decile.Count), 0.05 + Chance(0.25, decile.Count));
        }

        Assert.True(records[Thermometer].Width(RangedQuantity.BeesNow) > records[All].Width(RangedQuantity.BeesNow));
        if (FuzzShare.Long)
            Assert.True(records[All].Gain() is { Low: > 0 });
    }

    /// <summary>Chance alone moves a share of so many; three standard errors.</summary>
    private static double Chance(double variance, int count) => 3 * Math.Sqrt(variance / count);
}
