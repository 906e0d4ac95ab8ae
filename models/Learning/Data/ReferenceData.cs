using IotGateway.Tables;

namespace IotGateway.Learning.Data;

/// <summary>
/// Tables that may not be redistributed: read from a folder <c>shared/data/bees</c> beside the checkout, or below the one that the
/// environment variable SHARED_DIR names. A model of theirs is learnt and judged where they are, and has no artifact.
/// </summary>
internal static class ReferenceData
{
    private const string Checklist = "healthy_colony_checklist_2016_2019.csv";

    /// <summary>The inspections by the Healthy Colony Checklist; null where they are not.</summary>
    public static Table? ReadChecklist(string start)
    {
        var path = Environment.GetEnvironmentVariable("SHARED_DIR") is { Length: > 0 } named
            ? Path.Combine(named, "data", "bees", Checklist)
            : Beside(start);
        return File.Exists(path) ? Table.Read(path) : null;
    }

    private static string? Beside(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", "bees", Checklist) is var path && File.Exists(path))
                return path;
        }

        return null;
    }
}
