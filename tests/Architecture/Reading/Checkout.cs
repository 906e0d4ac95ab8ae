using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Checkout of the repository as the rules see it: projects, source files, and the compiled product.</summary>
internal sealed class Checkout(IReadOnlyList<Project> projects, IReadOnlyList<SourceFile> sources, IReadOnlyList<ModuleDefinition> modules)
{
    private static readonly string[] Tops = ["edge", "cloud", "models", "firmware-sim", "tests"];

    private static readonly string[] NotOurs = ["bin", "obj", "node_modules"];

    private static readonly Lazy<Checkout> Own = new(() => Read(FindRoot(), p => Path.Combine(AppContext.BaseDirectory, p.Name + ".dll")));

    /// <summary>The checkout in which the tests run, with the assemblies that lie beside them.</summary>
    public static Checkout Here => Own.Value;

    public IReadOnlyList<Project> Projects => projects;

    public IReadOnlyList<SourceFile> Sources => sources;

    /// <summary>Assemblies of the projects outside tests/.</summary>
    public IReadOnlyList<ModuleDefinition> Modules => modules;

    public IEnumerable<SourceFile> ProductSources => sources.Where(s => !s.IsTest);

    /// <summary>The innermost project that a file belongs to; none for sources that several projects share.</summary>
    public Project? ProjectOf(string path) => projects.Where(p => p.Holds(path)).MaxBy(p => p.Folder.Length);

    /// <summary>Reads a checkout.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="assembly">The file of a product's assembly; null for one that is to be left out.</param>
    public static Checkout Read(string root, Func<Project, string?> assembly)
    {
        var folders = Tops.Select(top => Path.Combine(root, top)).Where(Directory.Exists);
        var files = folders.SelectMany(Files).Order(StringComparer.Ordinal).ToList();
        var projects = files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => new Project(Relative(root, Path.GetDirectoryName(f)!), Path.GetFileNameWithoutExtension(f))).ToList();
        var sources = files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Select(f => new SourceFile(Relative(root, f), File.ReadAllText(f))).ToList();
        return new(projects, sources, Compiled.Read(projects.Where(p => p.IsProduct).Select(assembly).OfType<string>()));
    }

    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IotGateway.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the checkout.");
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Files));

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
