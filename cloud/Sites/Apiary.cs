using System.Collections.Frozen;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Sites;

/// <summary>The sites and hives this cloud knows, read and checked once at start.</summary>
internal sealed class Apiary
{
    private readonly FrozenDictionary<SubjectId, Subject> _byId;
    private readonly FrozenDictionary<DeviceId, Subject> _byDevice;

    private Apiary(IReadOnlyList<Site> sites, IReadOnlyList<Subject> hives)
    {
        Sites = sites;
        Hives = hives;
        Subjects = [.. hives, .. sites.Select(s => new Subject(new SubjectId(SubjectId.Site, s.Id), s.Name, s, []))];
        _byId = Subjects.ToFrozenDictionary(s => s.Key);
        _byDevice = Subjects.SelectMany(s => s.Devices, (s, d) => (Subject: s, d.Device)).ToFrozenDictionary(d => d.Device, d => d.Subject);
    }

    public IReadOnlyList<Site> Sites { get; }

    public IReadOnlyList<Subject> Hives { get; }

    /// <summary>All that can be judged and forecast: the hives, and each site as a whole.</summary>
    public IReadOnlyList<Subject> Subjects { get; }

    /// <summary>The hive of an id; null when there is none.</summary>
    public Subject? FindHive(string id) => Find(new SubjectId(SubjectId.Hive, id));

    public Subject? Find(SubjectId id) => _byId.GetValueOrDefault(id);

    /// <summary>The subject that a device measures; null when it belongs to none.</summary>
    public Subject? Find(DeviceId device) => _byDevice.GetValueOrDefault(device);

    /// <summary>Builds it from configuration.</summary>
    /// <exception cref="ConfigurationException">An entry is wrong; the message names its key, its value and what was expected.</exception>
    public static Apiary From(ApiaryOptions options)
    {
        var sites = new Dictionary<string, Site>(StringComparer.Ordinal);
        for (var i = 0; i < options.Sites.Count; i++)
        {
            var site = ReadSite(options.Sites[i], $"Apiary:Sites:{i}");
            if (!sites.TryAdd(site.Id, site))
                throw new ConfigurationException(
                    $"Apiary:Sites:{i}:Id is '{site.Id}', which an earlier site has; expected ids without repeats.");
        }

        var hives = new List<Subject>();
        for (var i = 0; i < options.Hives.Count; i++)
        {
            var hive = ReadHive(options.Hives[i], sites, $"Apiary:Hives:{i}");
            var devices = hive.Devices.Select(d => d.Device).ToArray();
            if (hives.Exists(h => h.Id == hive.Id || h.Devices.Any(d => devices.Contains(d.Device))))
            {
                throw new ConfigurationException(
                    $"Apiary:Hives:{i} ('{hive.Id}', device '{string.Join("', '", devices)}') shares its id or device with an earlier "
                        + $"hive; expected neither to repeat.");
            }

            hives.Add(hive);
        }

        return new Apiary([.. sites.Values], hives);
    }

    private static Site ReadSite(SiteOptions o, string key)
    {
        Check(IsId(o.Id), $"{key}:Id", o.Id, "1 to 40 lower-case letters, digits and '-'");
        Check(o.Latitude is >= -90 and <= 90, $"{key}:Latitude", o.Latitude, "degrees from -90 to 90");
        Check(o.Longitude is >= -180 and <= 180, $"{key}:Longitude", o.Longitude, "degrees from -180 to 180");
        Check(
            TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out var zone), $"{key}:TimeZone", o.TimeZone,
            "an IANA time zone such as America/Toronto");
        return new Site(o.Id, o.Name is "" ? o.Id : o.Name, o.Latitude, o.Longitude, zone!, o.Origin, o.Weather, o.Attribution);
    }

    private static Subject ReadHive(HiveOptions o, Dictionary<string, Site> sites, string key)
    {
        Check(IsId(o.Id), $"{key}:Id", o.Id, "1 to 40 lower-case letters, digits and '-'");
        Check(sites.TryGetValue(o.Site, out var site), $"{key}:Site", o.Site, $"one of the sites {string.Join(", ", sites.Keys)}");
        return new Subject(new SubjectId(SubjectId.Hive, o.Id), o.Name is "" ? o.Id : o.Name, site!, o.ReadDevices(key));
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 40 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void Check(bool right, string key, object value, string expected)
    {
        if (!right)
            throw new ConfigurationException($"{key} is '{value}'; expected {expected}.");
    }
}
