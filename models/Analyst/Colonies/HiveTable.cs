using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Weather;
using IotGateway.Tables;

namespace IotGateway.Analyst.Colonies;

/// <summary>Days of a hive as people keep them: weather, sensors, visits and work, a row a day.</summary>
internal static class HiveTable
{
    /// <summary>Columns of sensors with their kinds.</summary>
    private static readonly (string Column, SensorKind Kind)[] SensorColumns =
    [
        ("swing", SensorKind.NestThermometer), ("gain", SensorKind.Scale), ("out", SensorKind.BeeCounter),
        ("co2", SensorKind.NightCarbonDioxide), ("sound", SensorKind.NightSound),
    ];

    /// <summary>All columns that play a part.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "yr", "mon", "day", "temp", "flight", .. SensorColumns.Select(s => s.Column), "frames", "brood", "stores", "mites", "washed", "fed",
        "harvested",
    ];

    /// <summary>Sensors that the table has a column for.</summary>
    public static IReadOnlyList<SensorKind> Sensors(Table table) =>
        [.. SensorColumns.Where(s => table.Has(s.Column)).Select(s => s.Kind)];

    public static DateOnly Date(TableRow row) => row.Date("yr", "mon", "day");

    public static ColonyDay Day(TableRow row, double latitude) => new(
        new ColonyWeather(row.Number("temp"), row.Number("flight"), Daylight.Hours(latitude, Date(row).DayOfYear)),
        new HiveWork { FedGrams = 1000 * (Maybe(row, "fed") ?? 0), HarvestedGrams = 1000 * (Maybe(row, "harvested") ?? 0) });

    public static double[] Readings(TableRow row) =>
        [.. SensorColumns.Where(s => row.Has(s.Column)).Select(s => row.Maybe(s.Column) ?? double.NaN)];

    /// <summary>Findings of a visit on the day; null where nobody looked.</summary>
    public static Inspection? Seen(TableRow row)
    {
        var (frames, brood, stores) = (Maybe(row, "frames"), Maybe(row, "brood"), Maybe(row, "stores"));
        var washed = Maybe(row, "washed");
        if (frames is null && brood is null && stores is null && washed is null)
            return null;
        return new Inspection(
            frames ?? double.NaN, brood ?? double.NaN, stores ?? double.NaN, washed is null ? 0 : row.Whole("mites"),
            washed is null ? 0 : row.Whole("washed"));
    }

    private static double? Maybe(TableRow row, string column) => row.Has(column) ? row.Maybe(column) : null;
}
