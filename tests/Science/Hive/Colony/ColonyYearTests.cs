using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Tests.Hive.Colony;

/// <summary>Years of simulated colonies against what field studies report; wide ranges, as the studies' are.</summary>
public sealed class ColonyYearTests
{
    private const int July15 = 75;
    private const int August1 = 92;
    private const int September1 = 123;
    private const int October1 = 153;

    [Fact]
    public void TheDayIsAsLongAsTheAlmanacHasIt()
    {
        Assert.Equal(15.7, Daylight.Hours(45.5, 172), 0.15);
        Assert.Equal(8.7, Daylight.Hours(45.5, 355), 0.15);
        Assert.Equal(12.1, Daylight.Hours(0, 80), 0.15);
        Assert.Throws<InputException>(() => Daylight.Hours(double.NaN, 1));
    }

    [Fact]
    public void BeesStayInWhereItIsColdOrWet()
    {
        Assert.Equal(0, FlightHours.Share(9.9, 0));
        Assert.Equal(1, FlightHours.Share(25, 0));
        Assert.True(FlightHours.Share(25, 1) < 0.2);
    }

    [Fact]
    public void ASummerHasTensOfThousandsOfBeesAndAWinterAFewThousand()
    {
        var bees = Enumerable.Range(0, 40).Select(i => Bees((ulong)i)).ToList();
        Assert.InRange(Median(bees.Select(b => b[July15])), 25_000, 60_000);
        Assert.InRange(Median(bees.Select(b => b[October1])), 12_000, 40_000);
        Assert.InRange(Median(bees.Where(b => b[^1] > 0).Select(b => b[^1])), 4_000, 16_000);
    }

    [Fact]
    public void WithoutTreatmentMitesGrowManyfoldInASummer()
    {
        var grown = Enumerable.Range(0, 40).Select(i => Mites((ulong)i, September1, null) / Mites((ulong)i, 0, null)).ToList();
        Assert.InRange(Median(grown), 8, 60);
    }

    /// <summary>The papers' ranges of what is gone a week after the end, against the same colony without.</summary>
    [Theory]
    [InlineData("formic acid", 0.6, 0.97)]
    [InlineData("thymol", 0.6, 0.98)]
    [InlineData("amitraz", 0.85, 0.999)]
    [InlineData("oxalic acid with brood", 0.1, 0.6)]
    public void ATreatmentKillsWhatPapersReport(string name, double least, double most)
    {
        var treatment = name switch
        {
            "formic acid" => MiteTreatment.FormicAcid,
            "thymol" => MiteTreatment.Thymol,
            "amitraz" => MiteTreatment.Amitraz,
            _ => MiteTreatment.OxalicAcid,
        };
        var until = August1 + treatment.Days + 7;
        var gone = Enumerable.Range(0, 30).Select(i => 1 - (Mites((ulong)i, until, treatment) / Mites((ulong)i, until, null))).ToList();
        Assert.InRange(Median(gone), least, most);
    }

    private static double[] Bees(ulong seed)
    {
        var days = SeasonDays.Draw(Climate.Montreal, seed);
        var colony = new SimulatedColony([], 11, seed);
        return [.. days.Select(d =>
        {
            colony.Pass(d);
            return colony.Of(ColonyQuantity.Bees);
        })];
    }

    /// <summary>Mites after some days of a season in which one treatment at most begins, on 1 August.</summary>
    private static double Mites(ulong seed, int until, MiteTreatment? treatment)
    {
        var days = SeasonDays.Draw(Climate.Montreal, seed);
        var noise = new Noise(seed);
        var colony = SpringStart.Draw(ref noise, 11);
        var turnover = default(Turnover);
        for (var day = 0; day < until; day++)
        {
            var works = treatment is not null && day >= August1 && day < August1 + treatment.Days;
            var work = works ? new HiveWork(0, 0, treatment!.OnBees, treatment.InCells, day == August1) : default;
            ColonyDynamics.Step(ref colony, days[day] with { Work = work }, Chances.Draw(ref noise, WeighedGain.None), ref turnover);
        }

        return colony.MitesOnBees + colony.MitesInCells;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
