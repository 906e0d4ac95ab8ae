using IotGateway.Cloud.Sites;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Cloud.Tests.Sites;

/// <summary>Configuration that is right, for tests to use or to spoil.</summary>
internal static class Some
{
    public static IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>
    {
        ["Apiary:Sites:0:Id"] = "montreal",
        ["Apiary:Sites:0:Name"] = "Montreal",
        ["Apiary:Sites:0:Latitude"] = "45.5",
        ["Apiary:Sites:0:Longitude"] = "-73.6",
        ["Apiary:Sites:0:TimeZone"] = "America/Toronto",
        ["Apiary:Sites:0:Origin"] = "Recorded",
        ["Apiary:Sites:1:Id"] = "garden",
        ["Apiary:Sites:1:Latitude"] = "47",
        ["Apiary:Sites:1:Longitude"] = "8",
        ["Apiary:Sites:1:TimeZone"] = "Europe/Zurich",
        ["Apiary:Hives:0:Id"] = "hive-1",
        ["Apiary:Hives:0:Site"] = "montreal",
        ["Apiary:Hives:0:Device"] = "a1",
        ["Apiary:Hives:1:Id"] = "hive-2",
        ["Apiary:Hives:1:Site"] = "montreal",
        ["Apiary:Hives:1:Device"] = "a2",
    };

    /// <summary>A third hive, with one device for the temperature and another for all else.</summary>
    public static IReadOnlyDictionary<string, string?> TwoDevices { get; } = new Dictionary<string, string?>
    {
        ["Apiary:Hives:2:Id"] = "hive-3",
        ["Apiary:Hives:2:Site"] = "montreal",
        ["Apiary:Hives:2:Devices:0:Device"] = "b1",
        ["Apiary:Hives:2:Devices:0:Metrics:0"] = "hive_temperature",
        ["Apiary:Hives:2:Devices:0:Position"] = "brood nest",
        ["Apiary:Hives:2:Devices:1:Device"] = "b2",
    };

    public static ApiaryOptions Apiary() => ApiaryOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(Configuration).Build());
}
