using IotGateway.Analyst.Colonies;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Tests.Services;

namespace IotGateway.Science.Tests.Hive.Colony;

/// <summary>
/// Record of the filter on simulated colonies; with LONG_TESTS=1 over enough of them for a decile's ± 0.05 to mean something.
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
        ColonyRecords.Print(records, text);
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        foreach (var record in records)
        {
            // Of few seasons the chance alone moves a share; three standard errors of it are allowed for.
            var loose = FuzzShare.Long ? 0 : 3 * Math.Sqrt(0.16 / record.Count);
            foreach (var quantity in Enum.GetValues<RangedQuantity>())
                Assert.InRange(record.Coverage(quantity), 0.78 - loose, 0.82 + loose);
            foreach (var decile in record.Deciles)
                Assert.InRange(decile.Came - decile.Said, -0.05 - Loose(decile), 0.05 + Loose(decile));
        }

        Assert.True(records[Thermometer].Width(RangedQuantity.BeesNow) > records[All].Width(RangedQuantity.BeesNow));
        if (FuzzShare.Long)
            Assert.True(records[All].Gain() is { Low: > 0 });
    }

    private static double Loose(Decile decile) => FuzzShare.Long ? 0 : 3 * Math.Sqrt(0.25 / decile.Count);
}
