using System.CommandLine;
using System.Globalization;
using IotGateway.Science;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Growth;

namespace IotGateway.Analyst;

/// <summary>fbp: the behaviour of one fire.</summary>
internal static class FbpCommand
{
    private const int MostHours = 1000;

    public static Command Create()
    {
        var fuel = new Argument<string>("fuel") { Description = "Fuel type: C-1 … S-3." };
        var (ffmc, bui) = (Number("--ffmc", "FFMC of the hour."), Number("--bui", "BUI of the day."));
        var (wind, from) = (Number("--wind", "km/h at 10 m."), Number("--from", "Where the wind comes from, degrees.", 0));
        var slope = Number("--slope", "Slope, %.", 0);
        var aspect = Number("--aspect", "Direction the slope faces, degrees.", 0);
        var moisture = Number("--fmc", "Foliar moisture, %.", 97);
        var conifer = Number("--conifer", "Conifers in M-1 and M-2, %.", 50);
        var dead = Number("--dead-fir", "Dead fir in M-3 and M-4, %.", 35);
        var curing = Number("--curing", "Curing of grass, %.", 80);
        var load = Number("--grass-load", "Grass fuel load, kg/m².", 0.35);
        var hours = Number("--hours", "Hours since ignition.", 1);
        var towards = new Option<double?>("--towards")
        {
            CustomParser = CommandNumbers.ParseOptional,
            Description = "Also the front that runs towards this direction, degrees.",
        };
        var line = new Option<bool>("--line") { Description = "From a line at equilibrium instead of a point." };
        var command = new Command("fbp", "Rate of spread, intensity, type and size of a fire.")
        {
            fuel, ffmc, bui, wind, from, slope, aspect, moisture, conifer, dead, curing, load, hours, towards, line,
        };
        command.SetAction(p => Refusals.Catch(() => Print(
            new Stand(FuelNames.Parse(p.GetRequiredValue(fuel)))
            {
                ConiferPercent = p.GetValue(conifer),
                DeadFirPercent = p.GetValue(dead),
                CuringPercent = p.GetValue(curing),
                GrassLoad = p.GetValue(load),
            },
            new BehaviourWeather(p.GetValue(ffmc), p.GetValue(bui), p.GetValue(wind), p.GetValue(from)),
            new Terrain(p.GetValue(slope), p.GetValue(aspect)),
            p.GetValue(moisture), Hours(p.GetValue(hours)), !p.GetValue(line), p.GetValue(towards), Console.Out)));
        return command;
    }

    /// <summary>A number; required where it has no value of its own.</summary>
    private static Option<double> Number(string name, string description, double? otherwise = null)
    {
        var option = new Option<double>(name)
        {
            CustomParser = CommandNumbers.Parse,
            Description = description,
            Required = otherwise is null,
        };
        if (otherwise is { } value)
            option.DefaultValueFactory = _ => value;
        return option;
    }

    private static TimeSpan Hours(double hours) =>
        hours >= 0 && hours <= MostHours ? TimeSpan.FromHours(hours) : throw new InputException("hours", hours, $"from 0 to {MostHours}");

    internal static void Print(
        Stand stand, BehaviourWeather weather, Terrain terrain, double foliarMoisture, TimeSpan elapsed, bool fromPoint, double? towards,
        TextWriter output)
    {
        var fire = FbpSystem.Predict(stand, weather, terrain, foliarMoisture);
        Line($"type", $"{fire.Description}");
        Line($"rate of spread", $"{fire.RateOfSpread:0.00} m/min (fires scatter about it by 20 to 310 %)");
        Line($"head fire intensity", $"{fire.HeadFireIntensity:0} kW/m");
        Line($"flame length (surface fire)", $"{FireIntensity.FlameLengthMetres(fire.HeadFireIntensity):0.0} m");
        Line($"crown fraction burned", $"{fire.CrownFractionBurned:0.00}");
        Line($"fuel consumed", $"{fire.SurfaceConsumption:0.00} surface + {fire.CrownConsumption:0.00} crown kg/m²");
        Line($"runs towards", $"{fire.SpreadAzimuthDegrees:0}°, net wind {fire.NetWindKilometresPerHour:0.0} km/h, ISI {fire.Isi:0.0}");
        if (!stand.Burns)
            return;
        var growth = FireGrowth.After(stand, weather, terrain, foliarMoisture, elapsed, fromPoint);
        Line(
            $"after {elapsed.TotalHours:0.##} h",
            $"{growth.AreaHectares:0.0} ha; head {growth.HeadMetres:0} m, back {growth.BackMetres:0} m, flank {growth.FlankMetres:0} m");
        Line(
            $"flank and back",
            $"{growth.Flank.RateNow:0.00} and {growth.Back.RateNow:0.00} m/min; length to breadth {growth.LengthToBreadthNow:0.00}");
        if (towards is { } azimuth)
        {
            var front = growth.At(stand, fire, (azimuth - fire.SpreadAzimuthDegrees) * Math.PI / 180);
            Line($"towards {azimuth:0}°", $"{front.RateOfSpread:0.00} m/min, now {front.RateNow:0.00}; {front.Intensity:0} kW/m");
        }

        void Line(FormattableString what, FormattableString value) =>
            output.WriteLine($"{what.ToString(CultureInfo.InvariantCulture),-28} {value.ToString(CultureInfo.InvariantCulture)}");
    }
}
