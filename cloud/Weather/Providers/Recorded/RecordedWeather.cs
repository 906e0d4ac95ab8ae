using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers.Recorded;

/// <summary>Reads a recorded weather file.</summary>
internal static class RecordedWeather
{
    /// <exception cref="FormatException">The file is missing or a row cannot be read; the message names file, row and column.</exception>
    public static WeatherSeries Read(string name, RecordedWeatherOptions options)
    {
        if (!File.Exists(options.File))
            throw new FormatException($"Weather:Recorded:{name}:File is '{options.File}'; expected a file that exists.");
        if (options.UtcOffsetHours is not (>= -12 and <= 14))
            throw new FormatException($"Weather:Recorded:{name}:UtcOffsetHours is {options.UtcOffsetHours}; expected -12 to 14.");

        using var file = File.OpenRead(options.File);
        using var stream = options.File.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        using var csv = CsvReader.Create(stream);
        var hours = new List<WeatherHour>();
        while (csv.Read())
        {
            try
            {
                var local = DateTime.ParseExact(csv.GetString("time_lst"), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                var (temperature, humidity, rain, plausible) = (
                    csv.GetString("temp_c"), csv.GetString("rh_pct"), csv.GetString("precip_mm"), new Plausible());
                hours.Add(plausible.Check(new WeatherHour(
                    new DateTimeOffset(local, TimeSpan.FromHours(options.UtcOffsetHours)).ToUniversalTime(), Number(temperature),
                    Number(humidity), Number(rain))));
                if (plausible.Refused > 0)
                    throw new FormatException(
                        $"'{temperature}' °C, '{humidity}' % or '{rain}' mm cannot be; expected −90 to 60, 0 to 100, 0 to 500, and "
                            + $"nothing where nothing was measured.");
            }
            catch (Exception e) when (e is FormatException or KeyNotFoundException)
            {
                throw new FormatException($"{options.File} row {csv.RowNumber} cannot be read: {e.Message}", e);
            }
        }

        return new WeatherSeries(name, options.Attribution, hours);
    }

    private static double? Number(string field) => field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture);
}
