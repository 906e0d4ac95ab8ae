using CsCheck;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class ManyFiresTests
{
    private static readonly Gen<BehaviourWeather> Weathers = Gen.Select(
        Gen.OneOf(Gen.Double[0, 101], Gen.Const(0.0), Gen.Const(84.0)),
        Gen.OneOf(Gen.Double[0, 300], Gen.Const(0.0), Gen.Double[0, 20_000]),
        Gen.OneOf(Gen.Double[0, 60], Gen.Const(40.0), Gen.Double[0, 300]), Gen.Double[0, 360],
        (ffmc, bui, wind, from) => new BehaviourWeather(ffmc, bui, wind, from));

    private static readonly Gen<Terrain> Terrains = Gen.Select(
        Gen.OneOf(Gen.Double[0, 200], Gen.Const(0.0), Gen.Const(70.0)), Gen.Double[0, 360], (slope, aspect) => new Terrain(slope, aspect));

    private static readonly Gen<Stand> Stands = Gen.Select(
        Gen.Int[0, (int)FuelType.S3], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 5],
        (fuel, mixed, cured, load) => new Stand((FuelType)fuel)
        {
            ConiferPercent = mixed,
            DeadFirPercent = mixed,
            CuringPercent = cured,
            GrassLoad = load,
        });

    [Fact]
    public void ManyFiresAtOnceAreEachAsIfAlone() => Gen.Select(
            Stands, Gen.Select(Weathers, Terrains).Array[0, 11], Gen.Double[50, 300], Gen.Bool)
        .Sample((stand, fires, foliarMoisture, buildup) =>
        {
            var heads = new FireBehaviour[fires.Length];
            FbpSystem.PredictMany(
                stand, Array.ConvertAll(fires, f => f.Item1), Array.ConvertAll(fires, f => f.Item2), foliarMoisture, heads, buildup);
            return fires.Zip(heads).All(p =>
                Alike(FbpSystem.Predict(stand, p.First.Item1, p.First.Item2, foliarMoisture, buildup), p.Second));
        });

    [Fact]
    public void AFireThatCannotBeIsRefusedAmongMany()
    {
        var weathers = Enumerable.Repeat(new BehaviourWeather(90, 60, 20, 270), 7).ToArray();
        weathers[5] = weathers[5] with { Ffmc = double.NaN };
        var refusal = Assert.Throws<InputException>(() => FbpSystem.PredictMany(
            new Stand(FuelType.C2), weathers, new Terrain[7], 97, new FireBehaviour[7]));
        Assert.Equal("FFMC", refusal.Input);
    }

    private static bool Alike(FireBehaviour one, FireBehaviour other) => Values(one).Zip(Values(other))
        .All(p => Math.Abs(p.First - p.Second) <= 1e-9 * Math.Max(Math.Abs(p.First), Math.Abs(p.Second)));

    private static double[] Values(FireBehaviour f) =>
    [
        f.RateOfSpread, f.CrownFractionBurned, f.SurfaceConsumption, f.CrownConsumption, f.SpreadAzimuthDegrees,
        f.NetWindKilometresPerHour, f.Isi, f.BuildupEffect, f.CriticalIntensity, f.CriticalRate,
    ];
}
