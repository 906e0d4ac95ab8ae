using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ensemble;

namespace IotGateway.Science.Fire.Suppression;

/// <summary>
/// Ways out and refuges that a fire may take. The answer is only ever that one must not be used: that a
/// route is free of fire in the model does not make it safe.
/// </summary>
public static class EscapeRoute
{
    /// <summary>
    /// The largest probability, 0 to 1, that the fire is on the route while someone still is, with a margin.
    /// </summary>
    /// <param name="burns">The ensemble.</param>
    /// <param name="route">Places along the route with the minute at which the last person passes each.</param>
    /// <param name="marginMinutes">Minutes that must lie between the last person and the fire, 0 to 1440. The default value is 30.</param>
    /// <exception cref="InputException">A place is outside the grid, or a value outside its range.</exception>
    public static double ProbabilityCut(
        BurnProbability burns, IReadOnlyList<(GeoPoint Place, double Minute)> route, double marginMinutes = 30)
    {
        Check.Within(route.Count, 1, 100_000, "places of the route");
        Check.Within(marginMinutes, 0, 1440, "margin (min)");
        // Arrivals are known to the step they fall in: the whole step counts as fire.
        return route.Max(r => burns.ByMinute(burns.Frame.CellAt(r.Place, "route"), r.Minute + marginMinutes + burns.StepMinutes));
    }

    /// <summary>
    /// The least distance from the flames at which people without shelter may be safe, m: four times the flame
    /// height (Butler and Cohen 1998), for radiation on level ground without wind. A zone closer than this to fuel
    /// must not be used; one farther away may still be deadly downwind or upslope.
    /// </summary>
    /// <exception cref="InputException">The flame height is outside 0 to 200 m.</exception>
    public static double LeastSafeDistanceMetres(double flameHeightMetres)
    {
        Check.Within(flameHeightMetres, 0, 200, "flame height (m)");
        return 4 * flameHeightMetres;
    }
}
