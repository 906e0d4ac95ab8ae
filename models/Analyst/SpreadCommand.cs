using System.CommandLine;
using System.Globalization;
using IotGateway.Analyst.Spread;
using IotGateway.Science;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using IotGateway.Science.Fire.Suppression;

namespace IotGateway.Analyst;

/// <summary>spread: ignition, fuels and hourly weather in; GeoJSON and a PNG map out.</summary>
internal static class SpreadCommand
{
    private static readonly Option<string> Weather = new("--weather")
    {
        Required = true,
        Description = "CSV, a row an hour: ws, wd, and ffmc or temp, rh, prec.",
    };
    private static readonly Option<string[]> Ignite = new("--ignite") { Description = "Ignition: latitude,longitude; may be repeated." };
    private static readonly Option<string?> Perimeter = new("--perimeter")
    {
        Description = "GeoJSON polygon of a fire that burns already.",
    };
    private static readonly Option<string> Fuel = new("--fuel")
    {
        DefaultValueFactory = _ => "C-2",
        Description = "Fuel type everywhere, without --fuels.",
    };
    private static readonly Option<string?> Fuels = new("--fuels") { Description = "Grid of fuel codes (GeoTIFF or ESRI ASCII)." };
    private static readonly Option<string?> Season = new("--season")
    {
        Description = "leafless or green, for fuel codes that depend on it (13, 60, 6xx, 90, 9xx).",
    };
    private static readonly Option<string?> Slope = new("--slope") { Description = "Grid of slope, %." };
    private static readonly Option<string?> Aspect = new("--aspect") { Description = "Grid of aspect, degrees." };
    private static readonly Option<int?> Epsg = new("--epsg")
    {
        Description = "Projection of the grids: a UTM zone on WGS 84, 32601 to 32760.",
    };
    private static readonly Option<int> Side = new("--side")
    {
        DefaultValueFactory = _ => 1000,
        Description = "Cells a side of the uniform grid.",
    };
    private static readonly Option<double> Cell = new("--cell")
    {
        CustomParser = CommandNumbers.Parse,
        DefaultValueFactory = _ => 30,
        Description = "Cell of the uniform grid, m.",
    };
    private static readonly Option<double> Ffmc = new("--ffmc")
    {
        CustomParser = CommandNumbers.Parse,
        DefaultValueFactory = _ => 85,
        Description = "FFMC before the first hour.",
    };
    private static readonly Option<double> Bui = new("--bui")
    {
        CustomParser = CommandNumbers.Parse,
        DefaultValueFactory = _ => 60,
        Description = "BUI of the day.",
    };
    private static readonly Option<double> Moisture = new("--fmc")
    {
        CustomParser = CommandNumbers.Parse,
        DefaultValueFactory = _ => 97,
        Description = "Foliar moisture, %.",
    };
    private static readonly Option<int> Members = new("--members")
    {
        DefaultValueFactory = _ => 100,
        Description = "Members of the ensemble.",
    };
    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "Seed of the ensemble." };
    private static readonly Option<string[]> Asset = new("--asset")
    {
        Description = "Place to watch: name,latitude,longitude; may be repeated.",
    };
    private static readonly Option<string> Out = new("--out")
    {
        DefaultValueFactory = _ => "spread",
        Description = "Path of the results without extension.",
    };

    public static Command Create()
    {
        var command = new Command("spread", "Burn probability and isochrones of a fire as GeoJSON and a PNG map.")
        {
            Weather, Ignite, Perimeter, Fuel, Fuels, Season, Slope, Aspect, Epsg, Side, Cell, Ffmc, Bui, Moisture, Members, Seed, Asset,
            Out,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Refusals.Catch(() => Run(parsed, cancellation))));
        return command;
    }

    private static void Run(ParseResult parsed, CancellationToken cancellation)
    {
        var request = Read(parsed);
        var options = new EnsembleOptions { Members = parsed.GetValue(Members), Seed = parsed.GetValue(Seed) };
        var progress = new MemberProgress(options.Members, Console.Error);
        var burns = FireEnsemble.Burn(request.Landscape, request.Alight, request.Hours, options, progress.Done, cancellation);
        var path = parsed.GetValue(Out)!;
        SpreadGeoJson.Write(path + ".geojson", burns);
        if (!new SpreadMap(burns, request.Landscape, request.Alight, request.Assets).Write(path + ".png"))
            Console.Error.WriteLine("The map has no words: no font was found. On Debian: apt-get install fonts-dejavu-core");
        Report(burns, request);
    }

    private static SpreadRequest Read(ParseResult parsed)
    {
        var points = (parsed.GetValue(Ignite) ?? []).Select(Places.Parse).ToList();
        var rings = parsed.GetValue(Perimeter) is { } file ? PerimeterFile.Read(file, Console.Error) : [];
        if (points.Count == 0 && rings.Count == 0)
            throw new InputException("ignition", "not given", "given by --ignite or --perimeter");
        var landscape = parsed.GetValue(Fuels) is { } fuels
            ? SpreadRequest.FromGrids(
                fuels, (parsed.GetValue(Slope), parsed.GetValue(Aspect)), parsed.GetValue(Epsg), Green(parsed.GetValue(Season)),
                Console.Error)
            : SpreadRequest.Uniform(
                parsed.GetValue(Fuel)!, rings.Count > 0 ? rings[0][0] : points[0], parsed.GetValue(Side), parsed.GetValue(Cell));
        IEnumerable<int> alight = points.Count > 0 ? Ignition.AtPoints(landscape.Frame, points) : [];
        foreach (var ring in rings)
            alight = alight.Concat(Ignition.WithinPerimeter(landscape.Frame, ring));
        return new SpreadRequest(
            landscape, [.. alight.Distinct()],
            HourlyWeatherFile.Read(parsed.GetValue(Weather)!, parsed.GetValue(Ffmc), parsed.GetValue(Bui), parsed.GetValue(Moisture),
                Console.Error),
            [.. (parsed.GetValue(Asset) ?? []).Select(Places.ParseNamed)]);
    }

    private static bool? Green(string? season) => season?.ToUpperInvariant() switch
    {
        null => null,
        "GREEN" => true,
        "LEAFLESS" => false,
        _ => throw new InputException("season", season, "leafless or green"),
    };

    private static void Report(BurnProbability burns, SpreadRequest request)
    {
        var expected = Enumerable.Range(0, burns.Frame.Cells).Sum(c => burns.ByMinute(c)) * burns.Frame.CellHectares;
        Console.WriteLine(
            FormattableString.Invariant($"expected area after {request.Hours.Count} h: {expected:0} ha ({burns.Members} members)"));
        var edge = EdgeProbability(burns);
        if (edge > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"The fire reaches the edge of the grid in up to {edge:0%} of the members: beyond it nothing is known. "
                + $"Use a larger grid."));
        }

        foreach (var a in AssetArrival.At(burns, request.Assets))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{a.Name}: reached in {a.Probability:0%} of the members{By("1 in 10", a.EarlyMinutes)}{By("half", a.MedianMinutes)}"));
        }

        var first = request.Hours[0];
        var ellipse = FireEllipse.Of(request.Landscape[request.Alight[0]], first.Weather, first.FoliarMoisturePercent);
        var flames = FireIntensity.FlameLengthMetres(ellipse.HeadIntensity);
        Console.WriteLine(FormattableString.Invariant(
            $"first hour: head {ellipse.Head:0.0} m/min, {ellipse.HeadIntensity:0} kW/m, flames about {flames:0.0} m"));
    }

    private static double EdgeProbability(BurnProbability burns)
    {
        var (columns, rows) = (burns.Frame.Columns, burns.Frame.Rows);
        var edges = Enumerable.Range(0, columns).SelectMany(c => (int[])[c, (rows - 1) * columns + c])
            .Concat(Enumerable.Range(0, rows).SelectMany(r => (int[])[r * columns, r * columns + columns - 1]));
        return edges.Max(cell => burns.ByMinute(cell));
    }

    /// <summary>Nothing where so many members never reach it.</summary>
    private static string By(string share, double minutes) =>
        double.IsFinite(minutes) ? FormattableString.Invariant($"; {share} within {minutes / 60:0.0} h") : "";
}
