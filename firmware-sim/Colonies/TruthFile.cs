using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.Colonies;

/// <summary>Truth of simulated colonies as JSON lines: a line a colony and day, written before the first frame is sent.</summary>
internal static class TruthFile
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, IEnumerable<SimulatedHive> hives)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(false));
        foreach (var hive in hives)
        {
            foreach (var day in hive.Days)
                text.Write(JsonSerializer.Serialize(Line(hive.Node, day), TruthJson.Default.TruthLine) + "\n");
        }
    }

    private static TruthLine Line(NodeIdentity node, ColonyLifeDay day) => new(
        node.DevEui.Hex, node.Origin, day.Date, Math.Round(day.Bees), Math.Round(day.Brood), Math.Round(day.StoresKilograms, 3),
        Math.Round(day.MitesPerHundred, 3), day.IsLost)
    {
        FedKilograms = Some(day.Work.FedGrams / 1000),
        HarvestedKilograms = Some(day.Work.HarvestedGrams / 1000),
        KilledOnBees = Some(day.Work.KilledOnBees),
        KilledInCells = Some(day.Work.KilledInCells),
        Seen = day.Seen is { } seen
            ? new TruthVisit(
                Math.Round(seen.FramesOfBees, 2), Math.Round(seen.FramesOfBrood, 2), Math.Round(seen.StoresKilograms, 2), seen.MitesWashed,
                seen.BeesWashed)
            : null,
    };

    private static double? Some(double value) => value > 0 ? Math.Round(value, 3) : null;
}

/// <summary>A colony on the evening of a day. Work and visits are absent where there were none.</summary>
/// <param name="Eui">The node's.</param>
/// <param name="Origin"><c>synthetic</c>.</param>
/// <param name="Date">By the place's standard time.</param>
/// <param name="Bees">Adult workers.</param>
/// <param name="Brood">Cells with brood.</param>
/// <param name="StoresKilograms">Food.</param>
/// <param name="MitesPerHundred">Mites on 100 bees.</param>
/// <param name="Lost">No bee is left.</param>
internal sealed record TruthLine(
    string Eui, string Origin, DateOnly Date, double Bees, double Brood, double StoresKilograms, double MitesPerHundred, bool Lost)
{
    public double? FedKilograms { get; init; }

    public double? HarvestedKilograms { get; init; }

    public double? KilledOnBees { get; init; }

    public double? KilledInCells { get; init; }

    /// <summary>Findings of a person, with the errors that people make.</summary>
    public TruthVisit? Seen { get; init; }
}

/// <summary>Findings of a visit.</summary>
internal sealed record TruthVisit(double FramesOfBees, double FramesOfBrood, double StoresKilograms, int MitesWashed, int BeesWashed);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TruthLine))]
internal sealed partial class TruthJson : JsonSerializerContext;
