using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ensemble;

namespace IotGateway.Science.Fire.Suppression;

/// <summary>Forecast arrival of a fire at something worth protecting.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Probability">Probability, 0 to 1, that it is reached within the forecast.</param>
/// <param name="EarlyMinutes">Minute by which 1 in 10 members have reached it; infinite where fewer do.</param>
/// <param name="MedianMinutes">Minute by which half of the members have; infinite where fewer do.</param>
public sealed record AssetArrival(string Name, double Probability, double EarlyMinutes, double MedianMinutes)
{
    /// <summary>The arrivals at given places, those reached soonest first.</summary>
    /// <exception cref="InputException">A place is outside the grid.</exception>
    public static IReadOnlyList<AssetArrival> At(BurnProbability burns, IReadOnlyList<(string Name, GeoPoint Place)> assets) =>
    [
        .. assets.Select(a =>
            {
                var cell = burns.Frame.CellAt(a.Place, a.Name);
                return new AssetArrival(a.Name, burns.ByMinute(cell), burns.ArrivalQuantile(cell, 0.1), burns.ArrivalQuantile(cell, 0.5));
            })
            .OrderBy(a => a.EarlyMinutes).ThenByDescending(a => a.Probability),
    ];
}
