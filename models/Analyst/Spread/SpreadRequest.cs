using System.Globalization;
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
    /// <param name="fuels">The grid of codes.</param>
    /// <param name="terrain">The grids of slope and aspect; both or neither.</param>
    /// <param name="epsg">The projection; null where the files state it.</param>
    /// <param name="green">Whether broad-leaved trees have leaves; null where nobody said.</param>
    /// <param name="errors">Takes what share of the cells is outside, and what of the terrain is not known.</param>
    public static Landscape FromGrids(
        string fuels, (string? Slope, string? Aspect) terrain, int? epsg, bool? green, TextWriter errors)
    {
        var fuel = Raster.Read(fuels);
        var slope = terrain.Slope is null ? null : Raster.Read(terrain.Slope);
        var aspect = terrain.Aspect is null ? null : Raster.Read(terrain.Aspect);
        if (slope is null != aspect is null)
            throw new InputException("terrain", "slope or aspect alone", "both or neither");
        slope?.RequireLike(fuel);
        aspect?.RequireLike(fuel);
        var (outside, unknown) = (0, 0);
        var landscape = Landscape.Of(fuel.Frame(epsg), cell =>
        {
            if (!fuel.Knows(cell) || FuelCodes.IsOutside(fuel.At(cell)))
            {
                outside++;
                return new GroundClass(new Stand(FuelType.NonFuel), Terrain.Level);
            }

            var stand = FuelCodes.Parse(fuel.At(cell), fuel.File, green);
            if (!stand.Burns || slope is null || aspect is null)
                return new GroundClass(stand, Terrain.Level);
            // No ground is steep below zero: that is a word for no data which the file does not name.
            if (!slope.Knows(cell) || slope.At(cell) < 0 || (slope.At(cell) > 0 && !aspect.Knows(cell)))
            {
                unknown++;
                return new GroundClass(stand, Terrain.Level);
            }

            // Level ground has no aspect, and some tools then write −1.
            return new GroundClass(stand, slope.At(cell) > 0 ? new Terrain(slope.At(cell), aspect.At(cell)) : Terrain.Level);
        });
        Say(outside, $"{fuel.File}: outside, does not burn");
        Say(unknown, $"{slope?.File}, {aspect?.File}: not known, taken as level");
        return landscape;

        void Say(int cells, string what)
        {
            if (cells == 0)
                return;
            var share = (double)cells / landscape.Frame.Cells;
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {share:0.0%} of the cells"));
        }
    }
}
