namespace IotGateway.EndToEnd.Tests;

/// <summary>Paths of the checkout and of the programs built from it.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>The variable that names a native edge to run in place of the ordinary one.</summary>
    public const string NativeEdge = "NATIVE_EDGE";

    /// <summary>
    /// A program's assembly, built with the same configuration as this test; for the edge the native program when one is named.
    /// </summary>
    public static string Program(string folder, string assembly) =>
        folder == "edge" && Environment.GetEnvironmentVariable(NativeEdge) is { Length: > 0 } native
            ? native
            : Path.Combine(Root, folder, "bin", Configuration, "net10.0", assembly + ".dll");

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
