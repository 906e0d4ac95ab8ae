using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests;

/// <summary>Exception from a rule: the name of what may break it, with a star for any beginning or end, and the reason.</summary>
internal sealed record Allowed(string Rule, string Name, string Reason)
{
    public bool Covers(Violation violation) => violation.Name == Name
        || (Name.EndsWith('*') && violation.Name.StartsWith(Name[..^1], StringComparison.Ordinal))
        || (Name.StartsWith('*') && violation.Name.EndsWith(Name[1..], StringComparison.Ordinal));
}
