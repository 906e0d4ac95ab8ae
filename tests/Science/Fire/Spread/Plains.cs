using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Science.Tests.Fire.Spread;

/// <summary>Uniform ground and weather to burn in, and the ellipse that a fire must make there.</summary>
internal static class Plains
{
    public static GridFrame Frame(int side, double cell = 30) =>
        new(side, side, cell, -side * cell / 2, side * cell / 2, new LocalProjection(new GeoPoint(50, -115)));

    public static int Middle(GridFrame frame) => frame.Rows / 2 * frame.Columns + frame.Columns / 2;

    public static HourOfWeather Hour(double wind, double from, double ffmc = 90, double bui = 60) =>
        new(new BehaviourWeather(ffmc, bui, wind, from), 97);

    public static HourOfWeather[] Hours(int count, HourOfWeather hour) => [.. Enumerable.Repeat(hour, count)];

    public static FireEllipse Ellipse(Stand stand, HourOfWeather hour) =>
        FireEllipse.Of(new GroundClass(stand, Terrain.Level), hour.Weather, hour.FoliarMoisturePercent);

    public static double AreaHectares(FireEllipse e, double minutes) =>
        Math.PI * (e.Head + e.Back) / 2 * e.Flank * minutes * minutes / 10_000;

    /// <summary>Furthest distance that a burnt cell has in a direction, m.</summary>
    public static double Reach(ArrivalMap map, double azimuthRadians, double byMinute = double.MaxValue)
    {
        var frame = map.Frame;
        var middle = Middle(frame);
        var reach = 0.0;
        for (var cell = 0; cell < frame.Cells; cell++)
        {
            if (map.Minutes[cell] > byMinute)
                continue;
            var east = (cell % frame.Columns - middle % frame.Columns) * frame.CellMetres;
            var north = (middle / frame.Columns - cell / frame.Columns) * frame.CellMetres;
            reach = Math.Max(reach, east * Math.Sin(azimuthRadians) + north * Math.Cos(azimuthRadians));
        }

        return reach;
    }
}
