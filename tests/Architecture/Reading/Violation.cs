namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Place where the tree breaks a rule: the name by which an exception may allow it, where it stands, and the finding.</summary>
internal sealed record Violation(string Name, string Where, string Finding)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Where.StartsWith(Name, StringComparison.Ordinal) ? $"{Where}: {Finding}" : $"{Where}: {Name}: {Finding}";
}
