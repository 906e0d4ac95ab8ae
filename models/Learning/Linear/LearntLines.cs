namespace IotGateway.Learning.Linear;

/// <summary>Linear models of one subject, each with other rows held out.</summary>
/// <param name="Features">The names of the features, in the coefficients' order.</param>
/// <param name="Lines">The models.</param>
internal sealed record LearntLines(IReadOnlyList<string> Features, IReadOnlyList<LearntLine> Lines)
{
    private Dictionary<(string, string), LearntLine>? _byName;

    /// <summary>The model of a target that has not seen a group.</summary>
    public LearntLine Without(string group, string target)
    {
        _byName ??= Lines.ToDictionary(l => (l.HeldOut, l.Target));
        return _byName[(group, target)];
    }
}
