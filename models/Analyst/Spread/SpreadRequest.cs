using IotGateway.Analyst.Grids;
using IotGateway.Science;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Analyst.Spread;

/// <summary>The spread command's input, read from its files.</summary>
internal sealed record SpreadRequest(
    Landscape Landscape, IReadOnlyList<int> Alight, IReadOnlyList<HourOfWeather> Hours, IReadOnlyList<(string Name, GeoPoint Place)> Assets)
{
    /// <summary>One fuel everywhere, on a plane around the ignition.</summary>
    public static Landscape Uniform(string fuel, GeoPoint centre, int side, double cell) => Landscape.Uniform(
        new GridFrame(side, side, cell, -side * cell / 2, side * cell / 2, new LocalProjection(centre)), new Stand(FuelNames.Parse(fuel)));

    /// <summary>Fuel codes, and slope and aspect where given, from grids laid out alike.</summary>
    public static Landscape FromGrids(string fuels, string? slopes, string? aspects, int? epsg)
    {
        var fuel = Raster.Read(fuels);
        var slope = slopes is null ? null : Raster.Read(slopes);
        var aspect = aspects is null ? null : Raster.Read(aspects);
        if (slope is null != aspect is null)
            throw new InputException("terrain", "slope or aspect alone", "both or neither");
        slope?.RequireLike(fuel);
        aspect?.RequireLike(fuel);
        return Landscape.Of(fuel.Frame(epsg), cell =>
        {
            var stand = FuelCodes.Parse(fuel.At(cell), fuel.File);
            // Level ground has no aspect, and some tools then write −1.
            var steep = stand.Burns && slope is not null && slope.At(cell) > 0;
            return new GroundClass(stand, steep ? new Terrain(slope!.At(cell), aspect!.At(cell)) : Terrain.Level);
        });
    }
}
