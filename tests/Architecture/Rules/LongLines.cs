using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Lines that a reader has to scroll sideways for.</summary>
internal static class LongLines
{
    public const int Most = 140;

    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources.SelectMany(source => source.Text.Split('\n')
        .Select((line, at) => (Length: line.TrimEnd('\r').Length, Number: at + 1)).Where(l => l.Length > Most)
        .Select(l => new Violation(source.Path, $"{source.Path}:{l.Number}", $"{l.Length} characters")));
}
