namespace IotGateway.FirmwareSim.Recorded;

/// <summary>Outside air at a moment.</summary>
/// <param name="RainMillimetres">Over the hour.</param>
internal readonly record struct Weather(double TemperatureCelsius, double HumidityPercent, double RainMillimetres);

/// <summary>The recorded hourly weather of the hives' place, read between its hours and over its gaps by straight lines.</summary>
internal sealed class WeatherRecording
{
    public const string FileName = "montreal_hourly_2021_06_2022_12.csv.gz";

    /// <summary>The file's local standard time, without daylight saving.</summary>
    public static readonly TimeSpan StandardTime = TimeSpan.FromHours(-5);

    private readonly List<(DateTimeOffset Time, Weather Air)> _hours;

    private WeatherRecording(List<(DateTimeOffset Time, Weather Air)> hours) => _hours = hours;

    /// <exception cref="RecordingException">The file is missing or not in its form.</exception>
    public static WeatherRecording Read(string folder)
    {
        var hours = CsvFile.Read(folder, FileName, csv =>
        {
            var time = CsvFile.Time(csv.GetString("time_lst"), StandardTime);
            return CsvFile.Number(csv, "temp_c") is { } temperature && CsvFile.Number(csv, "rh_pct") is { } humidity
                ? (time, new Weather(temperature, humidity, CsvFile.Number(csv, "precip_mm") ?? 0))
                : ((DateTimeOffset Time, Weather Air)?)null;
        });
        var known = hours.Where(h => h is not null).Select(h => h!.Value).OrderBy(h => h.Time).ToList();
        return known.Count > 0
            ? new WeatherRecording(known)
            : throw new RecordingException($"{FileName} has no hours; expected at least one");
    }

    /// <summary>The first hour's time.</summary>
    public DateTimeOffset First => _hours[0].Time;

    /// <summary>The air at a time; before the first and after the last hour, that hour's.</summary>
    public Weather At(DateTimeOffset time)
    {
        var after = FirstAfter(time);
        if (after == 0)
            return _hours[0].Air;
        if (after == _hours.Count)
            return _hours[^1].Air;

        var (t0, a) = _hours[after - 1];
        var (t1, b) = _hours[after];
        var part = (time - t0) / (t1 - t0);
        return new Weather(
            a.TemperatureCelsius + (part * (b.TemperatureCelsius - a.TemperatureCelsius)),
            a.HumidityPercent + (part * (b.HumidityPercent - a.HumidityPercent)),
            a.RainMillimetres);
    }

    private int FirstAfter(DateTimeOffset time)
    {
        var (low, high) = (0, _hours.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_hours[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
