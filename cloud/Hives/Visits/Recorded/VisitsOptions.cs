using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Hives.Visits.Recorded;

/// <summary>The configuration section <c>Visits</c>.</summary>
internal sealed class VisitsOptions
{
    /// <summary>
    /// Tables of recordings' visits, with the columns hive, begin, end, author, boxes, frames_of_bees, frames_of_brood, frames_of_honey,
    /// queen, note, and where there are such stores_kg, swarm, mites and bees_washed. The default is none.
    /// </summary>
    public List<string> Recorded { get; set; } = [];

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static VisitsOptions Read(IConfiguration configuration) =>
        configuration.Read("Visits", s => s.Get<VisitsOptions>(Options.Strict));
}
