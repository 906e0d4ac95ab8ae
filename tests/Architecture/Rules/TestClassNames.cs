using IotGateway.Architecture.Tests.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Classes with facts or theories whose names do not end in Tests.</summary>
internal static class TestClassNames
{
    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources.Where(s => s.IsTest).SelectMany(source => source
        .All<ClassDeclarationSyntax>().Where(c => HoldsTests(c) && !c.Identifier.Text.EndsWith("Tests", StringComparison.Ordinal))
        .Select(c => new Violation(c.Identifier.Text, source.Where(c), "expected a name that ends in Tests")));

    private static bool HoldsTests(ClassDeclarationSyntax type) => type.Members.OfType<MethodDeclarationSyntax>()
        .SelectMany(m => m.AttributeLists).SelectMany(l => l.Attributes).Select(a => a.Name.ToString())
        .Any(n => n.EndsWith("Fact", StringComparison.Ordinal) || n.EndsWith("Theory", StringComparison.Ordinal));
}
