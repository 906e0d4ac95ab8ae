namespace IotGateway.Learning.Cards;

/// <summary>Record of the colony filter on simulated colonies, as the analyst's command colonies printed it: it takes hours.</summary>
internal static class SimulatedColonies
{
    /// <summary>Name by which evaluate is asked for it.</summary>
    public const string Name = "simulated-colonies";

    /// <summary>The record's text, or the words that it is not there.</summary>
    /// <param name="folder">The artifacts'.</param>
    public static string Read(string folder)
    {
        var path = Path.Combine(folder, Name + ".md");
        return File.Exists(path) ? File.ReadAllText(path) : $"{Name}: no {path}; the analyst's command colonies writes its tables";
    }
}
