using System.Collections.Frozen;
using IotGateway.Hosting;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Sites;

/// <summary>The sites and hives this cloud knows, read and checked once at start.</summary>
internal sealed class Apiary
{
    private readonly FrozenDictionary<string, Hive> _byId;
    private readonly FrozenDictionary<DeviceId, Hive> _byDevice;

    private Apiary(IReadOnlyList<Site> sites, IReadOnlyList<Hive> hives)
    {
        Sites = sites;
        Hives = hives;
        _byId = hives.ToFrozenDictionary(h => h.Id, StringComparer.Ordinal);
        _byDevice = hives.ToFrozenDictionary(h => h.Device);
    }

    public IReadOnlyList<Site> Sites { get; }

    public IReadOnlyList<Hive> Hives { get; }

    public Hive? Find(string id) => _byId.GetValueOrDefault(id);

    public Hive? Find(DeviceId device) => _byDevice.GetValueOrDefault(device);

    /// <summary>Builds it from configuration.</summary>
    /// <exception cref="ConfigurationException">An entry is wrong; the message names its key, its value and what was expected.</exception>
    public static Apiary From(ApiaryOptions options)
    {
        var sites = new Dictionary<string, Site>(StringComparer.Ordinal);
        for (var i = 0; i < options.Sites.Count; i++)
        {
            var site = ReadSite(options.Sites[i], $"Apiary:Sites:{i}");
            if (!sites.TryAdd(site.Id, site))
                throw new ConfigurationException($"Apiary:Sites:{i}:Id is '{site.Id}', which an earlier site has; expected ids without repeats.");
        }

        var hives = new List<Hive>();
        for (var i = 0; i < options.Hives.Count; i++)
        {
            var hive = ReadHive(options.Hives[i], sites, $"Apiary:Hives:{i}");
            if (hives.Exists(h => h.Id == hive.Id || h.Device == hive.Device))
                throw new ConfigurationException($"Apiary:Hives:{i} ('{hive.Id}', device '{hive.Device}') shares its id or device with an earlier hive; expected neither to repeat.");
            hives.Add(hive);
        }

        return new Apiary([.. sites.Values], hives);
    }

    private static Site ReadSite(SiteOptions o, string key)
    {
        Check(IsId(o.Id), $"{key}:Id", o.Id, "1 to 40 lower-case letters, digits and '-'");
        Check(o.Latitude is >= -90 and <= 90, $"{key}:Latitude", o.Latitude, "degrees from -90 to 90");
        Check(o.Longitude is >= -180 and <= 180, $"{key}:Longitude", o.Longitude, "degrees from -180 to 180");
        Check(TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out var zone), $"{key}:TimeZone", o.TimeZone, "an IANA time zone such as America/Toronto");
        return new Site(o.Id, o.Name is "" ? o.Id : o.Name, o.Latitude, o.Longitude, zone!, o.Origin, o.Weather, o.Attribution);
    }

    private static Hive ReadHive(HiveOptions o, Dictionary<string, Site> sites, string key)
    {
        Check(IsId(o.Id), $"{key}:Id", o.Id, "1 to 40 lower-case letters, digits and '-'");
        Check(sites.TryGetValue(o.Site, out var site), $"{key}:Site", o.Site, $"one of the sites {string.Join(", ", sites.Keys)}");
        Check(DeviceId.TryParse(o.Device, out var device), $"{key}:Device", o.Device, "a device identifier such as a DevEUI in lower-case hex");
        return new Hive(o.Id, o.Name is "" ? o.Id : o.Name, device, site!);
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 40 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void Check(bool right, string key, object value, string expected)
    {
        if (!right)
            throw new ConfigurationException($"{key} is '{value}'; expected {expected}.");
    }
}
