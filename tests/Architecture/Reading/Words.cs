using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Names in source text, each with how often it is written: so constants are found, which compiled code no longer names.</summary>
internal sealed partial class Words
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Words(IEnumerable<SourceFile> sources)
    {
        foreach (var word in sources.SelectMany(Of))
            _counts[word] = _counts.GetValueOrDefault(word) + 1;
    }

    public int Count(string name) => _counts.GetValueOrDefault(name);

    private static IEnumerable<string> Of(SourceFile source) => source.IsRazor
        ? Name().Matches(source.Text).Select(m => m.Value)
        : source.Syntax.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText);

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}
