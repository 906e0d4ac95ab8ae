using CsCheck;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Tests.Hive.Colony;

public sealed class BalanceTests
{
    private static readonly Gen<ColonyDay> Days = Gen.Select(
        Gen.Double[-40, 40], Gen.Double[0, 16], Gen.Double[6, 18], Works(),
        (celsius, flight, daylight, work) => new ColonyDay(new ColonyWeather(celsius, Math.Min(flight, daylight), daylight), work));

    [Fact]
    public void BeesGramsAndMitesBalanceWhateverTheDays() => Gen.Select(Days.Array[1, 120], Gen.ULong).Sample(
        (days, seed) =>
        {
            var noise = new Noise(seed);
            var colony = SpringStart.Draw(ref noise, 12);
            foreach (var day in days)
            {
                var before = colony;
                var turnover = default(Turnover);
                ColonyDynamics.Step(ref colony, day, Chances.Draw(ref noise, WeighedGain.None), ref turnover);
                AssertBalance(before, colony, turnover);
            }
        }, iter: 400, threads: 2);

    [Fact]
    public void AStarvingColonyDiesAndIsBookedToTheLastBee()
    {
        var noise = new Noise(3);
        var colony = SpringStart.Draw(ref noise, 12);
        var began = colony;
        var turnover = default(Turnover);
        var day = new ColonyDay(new ColonyWeather(5, 0, 10), new HiveWork { HarvestedGrams = 100_000 });
        for (var i = 0; i < 60; i++)
            ColonyDynamics.Step(ref colony, day, Chances.Draw(ref noise, WeighedGain.None), ref turnover);
        Assert.True(colony.IsDead);
        AssertBalance(began, colony, turnover);
        Assert.Equal(0, colony.Bees + colony.BroodCells + colony.MitesOnBees + colony.MitesInCells);
    }

    private static Gen<HiveWork> Works() => Gen.Frequency(
        (9, Gen.Const(default(HiveWork))),
        (1, Gen.Select(
            Gen.Double[0, 20_000], Gen.Double[0, 30_000], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool,
            (fed, taken, onBees, inCells, begins) => new HiveWork(fed, taken, onBees, inCells, begins))));

    private static void AssertBalance(in ColonyState before, in ColonyState after, Turnover t)
    {
        Near(before.Bees + t.Emerged + t.BeesCame - t.BeesDied, after.Bees);
        Near(before.BroodCells + t.Laid - t.Emerged - t.BroodDied, after.BroodCells);
        Near(before.StoresGrams + t.GatheredGrams + t.FedGrams - t.EatenGrams - t.HarvestedGrams, after.StoresGrams);
        Near(before.MitesOnBees + before.MitesInCells + t.MitesBorn + t.MitesCame - t.MitesDied, after.MitesOnBees + after.MitesInCells);
        Assert.InRange(after.Infested, 0, after.Bees * (1 + 1e-9));
        Assert.True(after.House >= 0 && after.Foragers >= 0 && after.StoresGrams >= 0 && after.MitesOnBees >= 0);
    }

    private static void Near(double expected, double found) =>
        Assert.True(Math.Abs(expected - found) <= 1e-6 * (1 + Math.Abs(expected)), $"{expected:R} expected, {found:R} found");
}
