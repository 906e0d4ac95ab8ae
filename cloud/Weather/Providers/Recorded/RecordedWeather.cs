using System.IO.Compression;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Storage.Files;
using IotGateway.Tables;

namespace IotGateway.Cloud.Weather.Providers.Recorded;

/// <summary>Reads a recorded weather file.</summary>
internal static class RecordedWeather
{
    /// <exception cref="FormatException">The file is missing or a row cannot be read; the message names file, row and column.</exception>
    public static WeatherSeries Read(string name, RecordedWeatherOptions options)
    {
        if (!File.Exists(options.File))
            throw new FormatException($"Weather:Recorded:{name}:File is '{options.File}'; expected a file that exists.");
        if (options.UtcOffsetHours is not (>= -12 and <= 14) || options.UtcOffsetHours * 60 != Math.Round(options.UtcOffsetHours * 60))
            throw new FormatException(
                $"Weather:Recorded:{name}:UtcOffsetHours is {options.UtcOffsetHours}; expected -12 to 14, in whole minutes.");

        try
        {
            var table = ReadTable(name, options.File);
            table.Require("time_lst", "temp_c", "rh_pct", "precip_mm");
            var offset = TimeSpan.FromHours(options.UtcOffsetHours);
            return new WeatherSeries(name, options.Attribution, table.Rows.Select(r => Hour(r, offset)));
        }
        catch (TableException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static Table ReadTable(string name, string path)
    {
        try
        {
            using var file = new FileStream(OrdinaryFile.Open(path), FileAccess.Read);
            using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress)
                : (Stream)file;
            using var reader = new StreamReader(stream);
            return Table.Read(reader, path);
        }
        catch (Exception e) when (e is InvalidDataException || e.IsFromDisk())
        {
            throw new FormatException($"Weather:Recorded:{name}:File is '{path}', which cannot be read: {e.Message}", e);
        }
    }

    private static WeatherHour Hour(TableRow row, TimeSpan offset)
    {
        var local = row.Time("time_lst");
        if (!JsonAnswer.IsOurs(new DateTimeOffset(local, TimeSpan.Zero)))
            throw row.Refused("time_lst", "a year from 1800 to 2199");
        var told = new WeatherHour(
            new DateTimeOffset(local, offset).ToUniversalTime(), row.Maybe("temp_c"), row.Maybe("rh_pct"), row.Maybe("precip_mm"));
        var hour = new Plausible().Check(told);
        return hour switch
        {
            { TemperatureCelsius: null } when told.TemperatureCelsius is not null => throw Refused("temp_c", "−90 to 60 °C"),
            { HumidityPercent: null } when told.HumidityPercent is not null => throw Refused("rh_pct", "0 to 100 %"),
            { PrecipitationMillimetres: null } when told.PrecipitationMillimetres is not null => throw Refused("precip_mm", "0 to 500 mm"),
            _ => hour,
        };

        TableException Refused(string column, string range) => row.Refused(column, range + ", and nothing where nothing was measured");
    }
}
