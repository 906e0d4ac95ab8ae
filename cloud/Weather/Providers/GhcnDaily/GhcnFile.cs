using System.Globalization;
using IotGateway.Cloud.Weather.Days;

namespace IotGateway.Cloud.Weather.Providers.GhcnDaily;

/// <summary>Days of stations and what was left out of their file.</summary>
/// <param name="Days">By station and day.</param>
/// <param name="FailedQuality">Values with a q-flag: they failed one of NOAA's checks.</param>
/// <param name="Unreadable">Lines that are no record.</param>
/// <param name="FirstUnreadable">The first of them, with its number and what was expected; null when there is none.</param>
internal sealed record GhcnDays(IReadOnlyList<DayWeather> Days, int FailedQuality, int Unreadable, string? FirstUnreadable);

/// <summary>
/// Reads GHCN-Daily as csv (<c>csv/by_year</c>, <c>csv/by_station</c> of the bucket noaa-ghcn-pds): station, yyyymmdd, element, value,
/// m-flag, q-flag, s-flag, time. Temperatures are tenths of °C, precipitation tenths of mm. Newer files begin with a header.
/// </summary>
internal static class GhcnFile
{
    private const int MaxLine = 200;

    /// <param name="reader">The file; read line by line, a year of all stations has over 30 million.</param>
    /// <param name="station">The station wanted; null for all.</param>
    public static GhcnDays Read(TextReader reader, string? station = null)
    {
        var days = new SortedDictionary<(string Station, DateOnly Day), DayWeather>();
        int failed = 0, unreadable = 0, number = 0;
        string? first = null;
        while (reader.ReadLine() is { } read)
        {
            number++;
            var line = read.Replace("\"", "", StringComparison.Ordinal); // no field holds a comma
            if (line.Length == 0 || (number == 1 && line.StartsWith("ID,DATE", StringComparison.Ordinal))
                || (station is not null && line.StartsWith(station, StringComparison.Ordinal) is false))
                continue;
            if (Parse(line) is not { } record)
            {
                unreadable++;
                first ??= $"line {number} is '{JsonAnswer.Shown(line)}'; expected station,yyyymmdd,element,value,m-flag,q-flag,s-flag,time";
            }
            else if (record.Element is not ("TMAX" or "TMIN" or "TAVG" or "PRCP") || record.Value == -9999)
            {
                continue;
            }
            else if (record.Failed || !IsPossible(record.Element, record.Value / 10.0))
            {
                failed++;
            }
            else
            {
                var key = (record.Station, record.Day);
                days[key] = With(
                    days.GetValueOrDefault(key) ?? new DayWeather(record.Day, record.Station), record.Element, record.Value / 10.0);
            }
        }

        return new GhcnDays([.. days.Values], failed, unreadable, first);
    }

    private static (string Station, DateOnly Day, string Element, int Value, bool Failed)? Parse(string line)
    {
        if (line.Length > MaxLine || line.Split(',') is not { Length: 8 } f || f[0].Length != 11 || f[2].Length != 4)
            return null;
        return DateOnly.TryParseExact(f[1], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) &&
            int.TryParse(f[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? (f[0], day, f[2], value, f[5].Trim().Length > 0)
                : null;
    }

    private static bool IsPossible(string element, double value) =>
        element == "PRCP" ? value is >= 0 and <= 2000 : value is >= -90 and <= 60;

    private static DayWeather With(DayWeather day, string element, double value) => element switch
    {
        "TMAX" => day with { MaximumCelsius = day.MaximumCelsius ?? value },
        "TMIN" => day with { MinimumCelsius = day.MinimumCelsius ?? value },
        "TAVG" => day with { MeanCelsius = day.MeanCelsius ?? value },
        _ => day with { PrecipitationMillimetres = day.PrecipitationMillimetres ?? value },
    };
}
