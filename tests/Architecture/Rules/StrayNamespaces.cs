using System.Text.RegularExpressions;
using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Namespaces that are not the project's name and the folders below it; sources that projects share go by their path.</summary>
internal static partial class StrayNamespaces
{
    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources.SelectMany(source => Namespaces(source)
        .Where(n => !Expected(checkout, source).Equals(n.Name, IgnoresCase(checkout, source)))
        .Select(n => new Violation(source.Path, n.Where, $"'{n.Name}'; expected '{Expected(checkout, source)}'")));

    private static string Expected(Checkout checkout, SourceFile source) => checkout.ProjectOf(source.Path) is { } project
        ? string.Join('.', [project.Name, .. source.Folder[project.Folder.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)])
        : string.Join('.', ["IotGateway", .. source.Folder.Split('/')]);

    private static StringComparison IgnoresCase(Checkout checkout, SourceFile source) =>
        checkout.ProjectOf(source.Path) is null ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static IEnumerable<(string Name, string Where)> Namespaces(SourceFile source)
    {
        if (source.IsRazor)
            return Directive().Matches(source.Text).Select(m => (m.Groups["name"].Value, source.Where(m.Index)));
        var named = source.All<BaseNamespaceDeclarationSyntax>().Select(n => (n.Name.ToString(), source.Where(n.Name)));
        var unnamed = ((CompilationUnitSyntax)source.Syntax).Members.OfType<BaseTypeDeclarationSyntax>().Select(t => ("", source.Where(t)));
        return named.Concat(unnamed);
    }

    [GeneratedRegex(@"^@namespace\s+(?<name>\S+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Directive();
}
