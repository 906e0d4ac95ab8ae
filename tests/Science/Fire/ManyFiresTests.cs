using IotGateway.Science.Fire;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class ManyFiresTests
{
    [Fact]
    public void ManyFiresAtOnceAreEachAsIfAlone()
    {
        var random = new Random(3);
        foreach (var fuel in Enum.GetValues<FuelType>())
        {
            var stand = new Stand(fuel);
            var weathers = new BehaviourWeather[150];
            var terrains = new Terrain[150];
            for (var i = 0; i < weathers.Length; i++)
            {
                weathers[i] = new BehaviourWeather(101 * random.NextDouble(), 200 * random.NextDouble(), 60 * random.NextDouble(), 360 * random.NextDouble());
                terrains[i] = i % 5 == 0 ? Terrain.Level : new Terrain(90 * random.NextDouble(), 360 * random.NextDouble());
            }

            var heads = new FireBehaviour[150];
            FbpSystem.PredictMany(stand, weathers, terrains, 97, heads);
            Assert.Equal(weathers.Select((w, i) => FbpSystem.Predict(stand, w, terrains[i], 97)), heads);
        }
    }
}
