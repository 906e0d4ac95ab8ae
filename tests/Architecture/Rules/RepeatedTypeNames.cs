using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Names that more than one type of an assembly bears, types within types aside.</summary>
internal static class RepeatedTypeNames
{
    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.ProductSources.SelectMany(source => Types(source)
            .Select(t => (Project: checkout.ProjectOf(source.Path)?.Name, t.Name, t.Space, t.Where)))
        .GroupBy(t => (t.Project, t.Name)).Where(g => g.Select(t => t.Space).Distinct().Count() > 1)
        .Select(g => (Name: $"{g.Key.Project}: {g.Key.Name}", Places: g.Select(t => t.Where).ToList()))
        .Select(g => new Violation(g.Name, g.Places[0], $"also {string.Join(", ", g.Places.Skip(1))}"));

    private static IEnumerable<(string Name, string Space, string Where)> Types(SourceFile source)
    {
        if (source.IsRazor)
            return [(Path.GetFileNameWithoutExtension(source.Path), source.Folder.Replace('/', '.'), source.Path)];
        return source.All<MemberDeclarationSyntax>().Where(t => t.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .Select(t => (Name(t), (t.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "", source.Where(t)))
            .Where(t => t.Item1.Length > 0);
    }

    private static string Name(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };
}
