using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests;

/// <summary>Rule of the house over a checkout: its name, what it expects, and the search for what breaks it.</summary>
internal sealed record Rule(string Name, string Expected, Func<Checkout, IEnumerable<Violation>> Find)
{
    /// <summary>Violations beyond the rule's exceptions, and exceptions that nothing needs.</summary>
    public IReadOnlyList<Violation> Broken(Checkout checkout, IReadOnlyCollection<Allowed> exceptions)
    {
        var found = Find(checkout).OrderBy(v => v.Where, StringComparer.Ordinal).ToList();
        var mine = exceptions.Where(e => e.Rule == Name).ToList();
        return
        [
            .. found.Where(v => !mine.Exists(e => e.Covers(v))),
            .. mine.Where(e => !found.Exists(e.Covers)).Select(e => new Violation(e.Name, e.Name, "an exception that nothing needs")),
        ];
    }

    /// <summary>The message of a red test: all that breaks the rule.</summary>
    public string Message(IReadOnlyList<Violation> broken) => $"{Name}: {Expected}. {broken.Count} found:\n{string.Join('\n', broken)}";
}
