using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Sites;

/// <summary>Hive in the configuration section <c>Apiary</c>: with one <c>Device</c>, or with several <c>Devices</c>.</summary>
internal sealed class HiveOptions
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Site { get; set; } = "";

    /// <summary>The one device that speaks for all metrics.</summary>
    public string Device { get; set; } = "";

    /// <summary>Devices that share the metrics; the default is none.</summary>
    public List<SubjectDeviceOptions> Devices { get; set; } = [];

    /// <exception cref="ConfigurationException">A device is wrong; the message names its key, its value and what was expected.</exception>
    public IReadOnlyList<SubjectDevice> ReadDevices(string key)
    {
        const string Identifier = "a device identifier such as a DevEUI in lower-case hex";
        if (Devices.Count == 0)
        {
            Options.Check(DeviceId.TryParse(Device, out var only), $"{key}:Device", Device, Identifier);
            return [new SubjectDevice(only, [], null)];
        }

        Options.Check(Device is "", $"{key}:Device", Device, "none beside Devices");
        var read = new List<SubjectDevice>();
        for (var i = 0; i < Devices.Count; i++)
        {
            var o = Devices[i];
            Options.Check(DeviceId.TryParse(o.Device, out var device), $"{key}:Devices:{i}:Device", o.Device, Identifier);
            Options.Check(!read.Exists(d => d.Device == device), $"{key}:Devices:{i}:Device", o.Device, "a device once");
            for (var m = 0; m < o.Metrics.Count; m++)
            {
                Options.Check(
                    Metrics.Find(o.Metrics[m]) is not null, $"{key}:Devices:{i}:Metrics:{m}", o.Metrics[m],
                    "the name of a metric such as hive_temperature");
                Options.Check(
                    !read.Exists(d => d.Metrics.Contains(o.Metrics[m])), $"{key}:Devices:{i}:Metrics:{m}", o.Metrics[m],
                    "a metric that no earlier device speaks for");
            }

            Options.Check(
                o.Metrics.Count > 0 || !read.Exists(d => d.Metrics.Count == 0), $"{key}:Devices:{i}:Metrics", "",
                "metrics: one device alone may speak for all others");
            read.Add(new SubjectDevice(device, o.Metrics, o.Position));
        }

        return read;
    }
}

/// <summary>Device of a subject in the configuration.</summary>
internal sealed class SubjectDeviceOptions
{
    public string Device { get; set; } = "";

    /// <summary>The metrics that it speaks for; the default, none, means all that no other device is named for.</summary>
    public List<string> Metrics { get; set; } = [];

    /// <summary>Position of it, such as <c>brood nest</c>.</summary>
    public string? Position { get; set; }
}
