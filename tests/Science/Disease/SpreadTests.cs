using IotGateway.Science.Disease;
using IotGateway.Science.Disease.Foulbrood;
using IotGateway.Science.Disease.Varroa;
using IotGateway.Science.Earth;
using IotGateway.Tests.Services;

namespace IotGateway.Science.Tests.Disease;

/// <summary>Sources of the parameters, neighbours on the sphere, and ten thousand apiaries.</summary>
public class SpreadTests
{
    private static readonly FoulbroodKind[] Foulbroods = [FoulbroodKind.American, FoulbroodKind.European];

    [Fact]
    public void NoParameterIsWithoutARangeAndASource()
    {
        Parameter[] all =
        [
            .. VarroaParameters.All, .. VarroaTreatments.All, .. Foulbroods.SelectMany(f => f.Treatments),
            .. Foulbroods.Select(f => f.Rate), .. Foulbroods.Select(f => f.Reach),
        ];

        Assert.All(all, p => Assert.True(p.Low >= 0 && p.Low <= p.High && p.Source.Length > 20, $"{p}"));
        Assert.All(all.Where(p => p.Name != "destruction"), p => Assert.True(p.Low < p.High, $"{p}"));
    }

    [Fact]
    public void NeighboursAreThoseOfAllPairsAcrossTheAntimeridianAndNearAPole()
    {
        var random = new Random(5);
        foreach (var (latitude, longitude) in new[] { (45.5, -73.6), (0.0, 180.0), (-17.8, -180.0), (89.95, 10.0), (-60.0, 179.9) })
        {
            PlacedApiary[] apiaries =
            [
                .. Enumerable.Range(0, 60).Select(i => new PlacedApiary(
                    $"{i}",
                    new GeoPoint(
                        Math.Clamp(latitude + (0.4 * (random.NextDouble() - 0.5)), -90, 90),
                        Math.IEEERemainder(longitude + (0.8 * (random.NextDouble() - 0.5)), 360)),
                    1)),
            ];
            var near = new Neighbourship(apiaries);
            for (var i = 0; i < apiaries.Length; i++)
            {
                var place = apiaries[i].Place;
                var expected = Enumerable.Range(0, apiaries.Length).Where(j => j != i && GreatCircle.Kilometres(
                    place.LatitudeDegrees, place.LongitudeDegrees, apiaries[j].Place.LatitudeDegrees, apiaries[j].Place.LongitudeDegrees)
                    <= Neighbourship.MostKilometres);
                Assert.Equal(expected, near.From[near.First[i]..near.First[i + 1]]);
            }
        }
    }

    [Fact]
    public void InACrowdTheNearestCountAndTheOthersAreTold()
    {
        var near = new Neighbourship([.. Enumerable.Range(0, 100).Select(i => Country.At($"{i:00}", 0.05 * i))]);

        Assert.Equal(Enumerable.Range(1, Neighbourship.Most), near.From[..near.First[1]]);
        Assert.Equal(99 - Neighbourship.Most, near.LeftOut[0]);
    }

    [Fact]
    public void TenThousandApiariesOfOneTownTakeBoundedMemory()
    {
        var random = new Random(3);
        var count = FuzzShare.Long ? SpreadScenario.MostApiaries : 2_000;
        PlacedApiary[] apiaries =
        [
            .. Enumerable.Range(0, count).Select(i => new PlacedApiary(
                $"{i}", new GeoPoint(45.5 + (0.05 * random.NextDouble()), -73.6 + (0.05 * random.NextDouble())), 5)),
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var scenario = VarroaScenario.Run(
            apiaries, [], Countermeasure.None, Country.Once, TestContext.Current.CancellationToken);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(count, scenario.Apiaries.Count);
        Assert.All(scenario.Apiaries, a => Assert.Equal(count - 1 - Neighbourship.Most, a.NeighboursLeftOut));
        Assert.InRange(bytes, 1_000L * count, 100_000L * count);
        Assert.Throws<InputException>(() => VarroaScenario.Run(
            [.. Enumerable.Range(0, SpreadScenario.MostApiaries + 1).Select(i => Country.At($"{i}", i))], [], Countermeasure.None,
            Country.Once, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ACountsDrawsHaveItsMeanAndSpread()
    {
        double[] shapes = [0.5, 1.5, 9.5, 300.5];
        foreach (var shape in shapes)
        {
            double[] draws = [.. Enumerable.Range(0, 20_000).Select(i => GammaDraws.Next(DrawKey.Of(11, (ulong)i), shape))];
            var mean = draws.Average();
            Assert.InRange(mean / shape, 0.97, 1.03);
            Assert.InRange(draws.Average(d => (d - mean) * (d - mean)) / shape, 0.92, 1.08);
        }
    }
}
