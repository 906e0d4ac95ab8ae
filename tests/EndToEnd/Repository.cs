namespace IotGateway.EndToEnd.Tests;

/// <summary>Paths of the checkout and of the programs built from it.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>A program's assembly, built with the same configuration as this test.</summary>
    public static string Program(string folder, string assembly) =>
        Path.Combine(Root, folder, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IotGateway.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the checkout.");
    }
}
