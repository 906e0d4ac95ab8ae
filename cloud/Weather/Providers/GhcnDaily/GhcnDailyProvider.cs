using System.Globalization;
using System.Text;

namespace IotGateway.Cloud.Weather.Providers.GhcnDaily;

/// <summary>
/// NOAA GHCN-Daily from the Registry of Open Data on AWS, over HTTPS without an account: the list of stations, and the days of one. The
/// nearest station is taken that has temperatures and rain; a station's file has all its years.
/// </summary>
internal sealed class GhcnDailyProvider(WeatherLine line, Uri address)
{
    public const string ProviderName = "ghcn-daily";

    /// <summary>Its addresses, by the names that the configuration may give others for.</summary>
    public static readonly (string Name, string Address)[] Addresses = [(ProviderName, "https://noaa-ghcn-pds.s3.amazonaws.com")];

    public const string Attribution = "Daily weather: NOAA GHCN-Daily";
    public const string Terms = "US public domain.";
    private const int StationsTried = 5;
    private const double FarKilometres = 100;
    private const int MaxListBytes = 32 * 1024 * 1024;
    private const int MaxStationBytes = 96 * 1024 * 1024;

    /// <summary>The days of a place's station from a day on.</summary>
    /// <exception cref="WeatherException">There is no usable answer.</exception>
    public async Task<(WeatherPoint Point, GhcnDays Days)> FetchAsync(WeatherPlace place, DateOnly since, CancellationToken cancellation)
    {
        var stations = ReadStations(place, await GetAsync(place, "/ghcnd-stations.txt", MaxListBytes, cancellation));
        WeatherException? last = null;
        foreach (var station in stations.Take(StationsTried))
        {
            try
            {
                var bytes = await GetAsync(place, $"/csv/by_station/{station.Name}.csv", MaxStationBytes, cancellation);
                return (station, ReadStation(place, station.Name, bytes, since));
            }
            catch (WeatherException e) when (e.Failure.Fault is WeatherFault.NoData or WeatherFault.Refused)
            {
                last = e;
            }
        }

        throw last
            ?? Fail(
                place, WeatherFault.NoData,
                place.Station is null ? $"no station lies within {FarKilometres:0} km" : $"station {place.Station} is not in the list");
    }

    /// <summary>
    /// Of <c>ghcnd-stations.txt</c> (fixed columns: id 1–11, latitude 13–20, longitude 22–30, elevation 32–37): the chosen station, or
    /// those nearby, the nearest first.
    /// </summary>
    internal static IReadOnlyList<WeatherPoint> ReadStations(WeatherPlace place, ReadOnlySpan<byte> bytes)
    {
        var found = new List<WeatherPoint>();
        var lines = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var row = bytes[range];
            if (row.Length < 37)
                continue;
            if (!Number(row[12..20], out var latitude) || !Number(row[21..30], out var longitude)
                || !Number(row[31..37], out var elevation) || Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180)
                continue;
            lines++;
            var id = Encoding.ASCII.GetString(row[..11]);
            var wanted = place.Station is { } station
                ? id == station
                : Math.Abs(latitude - place.Latitude) < 1 && id.All(char.IsAsciiLetterOrDigit);
            if (!wanted)
                continue;
            var point = WeatherPoint.Of(place, id, latitude, longitude, elevation > -999 ? elevation : null);
            if (place.Station is not null || point.DistanceKilometres <= FarKilometres)
                found.Add(point);
        }

        return lines > 0
            ? [.. found.OrderBy(p => p.DistanceKilometres)]
            : throw Fail(place, WeatherFault.WrongShape, "the list of stations has no station; expected lines of fixed columns");
    }

    internal static GhcnDays ReadStation(WeatherPlace place, string station, byte[] bytes, DateOnly since)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, writable: false), Encoding.ASCII);
        var all = GhcnFile.Read(reader);
        if (all is { Days.Count: 0, FirstUnreadable: { } first })
            throw Fail(place, WeatherFault.WrongShape, first);
        if (all.Days.FirstOrDefault(d => d.Source != station) is { } other)
            throw Fail(place, WeatherFault.WrongPlace, $"the file of {station} has days of {other.Source}");
        var days = all with { Days = [.. all.Days.Where(d => d.Day >= since)] };
        return days.Days.Any(d => d.MaximumCelsius is not null) && days.Days.Any(d => d.PrecipitationMillimetres is not null)
            ? days
            : throw Fail(
                place, WeatherFault.NoData,
                string.Create(CultureInfo.InvariantCulture, $"station {station} has no temperature or no rain since {since:yyyy-MM-dd}"));
    }

    private static bool Number(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text.Trim((byte)' '), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static WeatherException Fail(
        WeatherPlace place, WeatherFault fault, string detail) => new(new WeatherFailure(ProviderName, place.Site, fault, detail));

    private Task<byte[]> GetAsync(WeatherPlace place, string path, int maxBytes, CancellationToken cancellation) =>
        line.GetAsync(new WeatherRequest(ProviderName, place.Site, new Uri(address, path)) { MaxBytes = maxBytes }, cancellation);
}
