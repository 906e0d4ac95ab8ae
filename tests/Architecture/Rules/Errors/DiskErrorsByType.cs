using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotGateway.Architecture.Tests.Rules.Errors;

/// <summary>
/// Catches of a disk's answer by one type of exception, in programs: a missing right is another type than a full disk, and goes past.
/// </summary>
internal static class DiskErrorsByType
{
    private static readonly string[] Types = ["IOException", "UnauthorizedAccessException"];

    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources
        .Where(s => s.Path.StartsWith("edge/", StringComparison.Ordinal) || s.Path.StartsWith("cloud/", StringComparison.Ordinal))
        .SelectMany(source => source.All<CatchClauseSyntax>().Where(CatchesByType)
            .Select(c => new Violation(source.Path, source.Where(c), "a disk's answer by its type")));

    private static bool CatchesByType(CatchClauseSyntax clause) =>
        ((IEnumerable<SyntaxNode?>)[clause.Declaration?.Type, clause.Filter]).OfType<SyntaxNode>()
        .SelectMany(n => n.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>().Any(n => Types.Contains(n.Identifier.Text));
}
