using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Functions that do not fit on a screen: methods, accessors, local functions, a program's own statements.</summary>
internal static class LongFunctions
{
    public const int Most = 70;

    public static IEnumerable<Violation> Find(Checkout checkout) =>
        from source in checkout.Sources
        from function in source.All<SyntaxNode>().Select(Function).OfType<(string Name, SyntaxNode From, SyntaxNode To)>()
        let lines = Lines(function.From, function.To)
        where lines > Most
        select new Violation($"{source.Path} {function.Name}", source.Where(function.From), $"{lines} lines");

    private static (string Name, SyntaxNode From, SyntaxNode To)? Function(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => (method.Identifier.Text, node, node),
        BaseMethodDeclarationSyntax method => (method is ConstructorDeclarationSyntax made ? made.Identifier.Text : "operator", node, node),
        LocalFunctionStatementSyntax local => (local.Identifier.Text, node, node),
        AccessorDeclarationSyntax accessor => (accessor.Keyword.Text, node, node),
        CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().ToList() is [var first, .., var last] =>
            ("Program", first, last),
        _ => null,
    };

    private static int Lines(SyntaxNode from, SyntaxNode to) =>
        to.GetLocation().GetLineSpan().EndLinePosition.Line - from.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
