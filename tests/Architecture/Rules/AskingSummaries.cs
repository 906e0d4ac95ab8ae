using System.Text.RegularExpressions;
using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Summaries that begin with a question word, in place of the thing's noun and its job.</summary>
internal static partial class AskingSummaries
{
    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources.SelectMany(source => Question().Matches(source.Text)
        .Select(m => new Violation(source.Path, source.Where(m.Groups["word"].Index), $"begins with '{m.Groups["word"].Value}'")));

    [GeneratedRegex(
        @"<summary>[\s/]*\b(?<word>what|how|whether|where|who|when|which|why)\b",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Question();
}
