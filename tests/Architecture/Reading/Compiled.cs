using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Reader of compiled assemblies, with their symbols where these lie beside them.</summary>
internal static class Compiled
{
    /// <summary>The modules of assemblies that resolve each other's types to the same definitions.</summary>
    public static IReadOnlyList<ModuleDefinition> Read(IEnumerable<string> files)
    {
        var resolver = new Resolver();
        var symbols = new DefaultSymbolReaderProvider(throwIfNoSymbol: false);
        return [.. files.Select(f => resolver.Add(AssemblyDefinition.ReadAssembly(f, new ReaderParameters
        {
            AssemblyResolver = resolver, ReadSymbols = true, SymbolReaderProvider = symbols, InMemory = true,
        }), Path.GetDirectoryName(f)))];
    }

    /// <summary>The module of one assembly held in memory, without symbols.</summary>
    public static ModuleDefinition Read(Stream assembly)
    {
        var resolver = new Resolver();
        return resolver.Add(AssemblyDefinition.ReadAssembly(assembly, new ReaderParameters { AssemblyResolver = resolver }), folder: null);
    }

    /// <summary>Is a type of this repository, or built of one?</summary>
    public static bool IsOurs(TypeReference type) => type.GetElementType().Scope.Name.StartsWith("IotGateway.", StringComparison.Ordinal);

    /// <summary>Is a type or member written by the compiler or a source generator? Its name is not C#, or it carries a mark.</summary>
    public static bool IsGenerated(ICustomAttributeProvider declared, string name) => name.Contains('<', StringComparison.Ordinal)
        || name.StartsWith("__", StringComparison.Ordinal)
        || declared.CustomAttributes.Any(a => a.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    /// <summary>The type in whose file a nested type stands, compiler-generated ones too.</summary>
    public static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private sealed class Resolver : DefaultAssemblyResolver
    {
        public Resolver()
        {
            var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
            foreach (var folder in trusted.Split(Path.PathSeparator).Select(Path.GetDirectoryName).Distinct())
                AddSearchDirectory(folder);
        }

        public ModuleDefinition Add(AssemblyDefinition assembly, string? folder)
        {
            RegisterAssembly(assembly);
            if (folder is not null)
                AddSearchDirectory(folder);
            return assembly.MainModule;
        }
    }
}
