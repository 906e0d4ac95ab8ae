namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Project of the repository: its folder, and its name, which is its root namespace and its assembly too.</summary>
internal sealed record Project(string Folder, string Name)
{
    /// <summary>True when the project is shipped, or runs beside what is shipped, and is not a test of it.</summary>
    public bool IsProduct => !Folder.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>True when a file lies in the project's folder.</summary>
    public bool Holds(string path) => path.StartsWith(Folder + "/", StringComparison.Ordinal);
}
