namespace IotGateway.Learning.Cards;

/// <summary>
/// Records that are measured elsewhere and kept beside the artifacts: the colony filter's on simulated colonies takes the analyst hours,
/// and the rule of what is normal reads what only the cloud has; its tests hold the kept lines against what they measure.
/// </summary>
internal static class KeptRecords
{
    /// <summary>Names by which evaluate is asked for them.</summary>
    public static readonly IReadOnlyList<string> Names = ["normal-or-not", "simulated-colonies"];

    /// <summary>A record's text, or the words that it is not there.</summary>
    /// <param name="folder">The artifacts'.</param>
    /// <param name="name">One of the names.</param>
    public static string Read(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".md");
        return File.Exists(path) ? File.ReadAllText(path) : $"{name}: no {path}";
    }
}
