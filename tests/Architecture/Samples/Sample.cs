using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Samples;

/// <summary>Made-up checkout with an edge and its tests, its sources given as text and compiled in memory.</summary>
internal static class Sample
{
    private static readonly Project Edge = new("edge", "IotGateway.Edge");

    private static readonly IReadOnlyList<MetadataReference> Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>The checkout of some files, each with its path.</summary>
    public static Checkout Of(params (string Path, string Text)[] files)
    {
        SourceFile[] sources = [.. files.Select(f => new SourceFile(f.Path, f.Text))];
        return new([Edge, new("tests/Edge", "IotGateway.Edge.Tests")], sources, [Compile(sources.Where(s => !s.IsTest && !s.IsRazor))]);
    }

    private static ModuleDefinition Compile(IEnumerable<SourceFile> sources)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(Edge.Name, sources.Select(s => s.Tree), Framework, options);
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        return Compiled.Read(stream);
    }
}
