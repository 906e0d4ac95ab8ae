using System.CommandLine;
using System.Globalization;
using IotGateway.Analyst.Colonies;
using IotGateway.Analyst.Inputs;
using IotGateway.Science;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;
using IotGateway.Tables;

namespace IotGateway.Analyst;

/// <summary>colony FILE: a hive's days in, ranges of bees, food and mites out.</summary>
internal static class ColonyCommand
{
    private static readonly (string Input, string Column)[] Inputs =
    [
        ("frames of bees", "frames"), ("frames of brood", "brood"), ("stores", "stores"), ("bees in the wash", "washed"),
        ("mites in a wash", "mites"), ("temperature", "temp"), ("flight hours", "flight"),
    ];

    public static Command Create()
    {
        var file = new Argument<FileInfo>("days")
        {
            Description = "CSV with yr, mon, day, temp (mean, °C) and flight (h), a row a day from 1 May or later up to the end of July; "
                + "where there are any swing, gain, out, co2, sound, frames, brood, stores, mites, washed, fed, harvested.",
        };
        var latitude = new Option<double>("--lat")
        {
            CustomParser = CommandNumbers.Parse,
            DefaultValueFactory = _ => Climate.Montreal.LatitudeDegrees,
            Description = "Latitude, degrees north.",
        };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Key of the draws." };
        var command = new Command("colony", "Bees, food and mites of a hive by the colony model: ranges of 80 % (not held against hives).")
        {
            file, latitude, seed,
        };
        command.SetAction(p => Refusals.Catch(() => Run(
            p.GetRequiredValue(file).FullName, p.GetValue(latitude), (ulong)Math.Abs((long)p.GetValue(seed)), Console.Out, Console.Error)));
        return command;
    }

    internal static void Run(string path, double latitude, ulong seed, TextWriter output, TextWriter errors)
    {
        var table = Table.Read(path);
        table.Require("yr", "mon", "day", "temp", "flight");
        RowInputs.NameUnused(table, errors, HiveTable.Columns);
        var at = table.Rows[0];
        var climate = Climate.Montreal with { LatitudeDegrees = latitude };
        var filter = RowInputs.Compute(() => at, () => Begin(table, climate, seed), Inputs);
        output.WriteLine("date,bees10,bees50,bees90,stores10,stores50,stores90,mites10,mites50,mites90");
        var expected = HiveTable.Date(at);
        foreach (var row in table.Rows)
        {
            at = row;
            if (HiveTable.Date(row) != expected)
                throw row.Refused("day", $"{expected:yyyy-MM-dd}: the model needs every day");
            RowInputs.Compute(() => at, () => Pass(filter, row, latitude), Inputs);
            output.WriteLine(Line(expected, filter));
            expected = expected.AddDays(1);
        }

        if (filter.SetAside > 0)
            errors.WriteLine($"{table.File}: {filter.SetAside} readings that no colony explains were left out");
    }

    /// <summary>A filter that has passed the days from 1 May to the table's first, in the weather that is usual then.</summary>
    private static ColonyFilter Begin(Table table, Climate climate, ulong seed)
    {
        var first = HiveTable.Date(table.Rows[0]);
        var before = first.DayOfYear - SeasonDays.FirstDayOfYear;
        if (before is < 0 or > 92)
            throw table.Rows[0].Refused("mon", "a first day from 1 May to the end of July");
        var filter = new ColonyFilter(HiveTable.Sensors(table), climate.UsualCelsius(SeasonDays.FirstDayOfYear), seed);
        var walk = new WeatherWalk(climate, seed);
        for (var day = 0; day < before; day++)
            filter.Pass(new ColonyDay(walk.Next(SeasonDays.DayOfYear(day))), []);
        return filter;
    }

    private static bool Pass(ColonyFilter filter, TableRow row, double latitude)
    {
        filter.Pass(HiveTable.Day(row, latitude), HiveTable.Readings(row));
        if (HiveTable.Seen(row) is { } seen)
            filter.See(seen);
        return true;
    }

    private static string Line(DateOnly date, ColonyFilter filter)
    {
        var (bees, stores, mites) = (
            filter.Range(ColonyQuantity.Bees), filter.Range(ColonyQuantity.StoresKilograms), filter.Range(ColonyQuantity.MitesPerHundred));
        return string.Create(CultureInfo.InvariantCulture,
            $"{date:yyyy-MM-dd},{bees.Low:0},{bees.Median:0},{bees.High:0},{stores.Low:0.0},{stores.Median:0.0},{stores.High:0.0},"
            + $"{mites.Low:0.00},{mites.Median:0.00},{mites.High:0.00}");
    }
}
