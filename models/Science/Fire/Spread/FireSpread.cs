using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Spread;

/// <summary>Burns one fire over a landscape, hour by hour of weather.</summary>
public static class FireSpread
{
    /// <summary>The minute at which each cell burns.</summary>
    /// <param name="landscape">Fuel and terrain.</param>
    /// <param name="alight">Cells that burn at the start; those that cannot burn are passed over.</param>
    /// <param name="hours">Weather of each hour from the start, 1 to 720.</param>
    /// <param name="disturbance">How this run differs from the forecast; null for not at all.</param>
    /// <param name="cancellation">Gives the run up.</param>
    /// <exception cref="InputException">The weather is out of range, or no cell that is alight can burn.</exception>
    public static ArrivalMap Burn(
        Landscape landscape, IReadOnlyList<int> alight, IReadOnlyList<HourOfWeather> hours,
        Disturbance? disturbance = null, CancellationToken cancellation = default)
    {
        Require(landscape, alight, hours);
        var run = new FireRun(landscape);
        run.Burn(alight, new WaveletTable(landscape, hours, disturbance ?? Disturbance.None), cancellation);
        return new ArrivalMap(landscape.Frame, run.Arrival.ToArray());
    }

    internal static void Require(Landscape landscape, IReadOnlyList<int> alight, IReadOnlyList<HourOfWeather> hours)
    {
        Check.Within(hours.Count, 1, 720, "hours of weather");
        foreach (var hour in hours)
            hour.Validate();
        Check.Within(alight.Count, 1, landscape.Frame.Cells, "cells alight");
        foreach (var cell in alight)
            Check.Within(cell, 0, landscape.Frame.Cells - 1, "ignition cell");
        if (!alight.Any(cell => landscape[cell].Stand.Burns))
            throw new InputException("ignition", landscape[alight[0]].Stand.Fuel.ToString(), "on fuel that burns");
    }
}
