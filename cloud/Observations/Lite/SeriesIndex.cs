using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// All devices and their series with count, first and newest observation: in memory, some hundred bytes a series, and in documents of
/// sixteen devices each. For one thread at a time.
/// </summary>
internal sealed class SeriesIndex
{
    private const int GroupDevices = 16;

    private readonly ILiteCollection<BsonDocument> _groups;
    private readonly Dictionary<DeviceId, KnownDevice> _byId = [];
    private readonly List<KnownDevice?> _byNumber = [];
    private readonly HashSet<int> _changed = [];

    public SeriesIndex(ILiteCollection<BsonDocument> groups)
    {
        _groups = groups;
        foreach (var group in groups.FindAll())
        {
            foreach (var device in group["d"].AsArray)
            {
                var known = KnownDevice.From(device.AsDocument);
                while (_byNumber.Count <= known.Number)
                    _byNumber.Add(null);
                _byNumber[known.Number] = _byId[known.Id] = known;
            }
        }
    }

    public long Count => _byId.Values.Sum(d => d.Series.Values.Sum(s => s.Count));

    public IEnumerable<KnownDevice> Devices => _byId.Values;

    public KnownDevice? Find(DeviceId device) => _byId.GetValueOrDefault(device);

    /// <summary>True for a number that stands for a device.</summary>
    public bool Knows(int number) => number < _byNumber.Count && _byNumber[number] is not null;

    /// <summary>A device, known from now on.</summary>
    public KnownDevice FindOrAdd(DeviceId device)
    {
        if (_byId.TryGetValue(device, out var known))
            return known;
        _byId[device] = known = new KnownDevice(device, _byNumber.Count);
        _byNumber.Add(known);
        return known;
    }

    /// <summary>Notes that a device's series changed.</summary>
    public void Changed(KnownDevice device) => _changed.Add(Group(device.Number));

    public void Remove(KnownDevice device)
    {
        _byId.Remove(device.Id);
        _byNumber[device.Number] = null;
        Changed(device);
    }

    /// <summary>The document that a device is in.</summary>
    public static int Group(int device) => device / GroupDevices;

    /// <summary>The groups that changed since the last time, up to one of them.</summary>
    public DocumentChange Take(int last)
    {
        var groups = _changed.Where(g => g <= last).Order().ToList();
        _changed.ExceptWith(groups);
        return new DocumentChange(_groups, [.. groups.Select(ToDocument)]);
    }

    private BsonDocument ToDocument(int group)
    {
        var devices = _byNumber.Skip(group * GroupDevices).Take(GroupDevices).OfType<KnownDevice>();
        return new BsonDocument { ["_id"] = group, ["d"] = new BsonArray(devices.Select(d => d.ToDocument())) };
    }
}
