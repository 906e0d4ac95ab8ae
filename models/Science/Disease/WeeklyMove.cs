namespace IotGateway.Science.Disease;

/// <summary>Colonies that people take from one apiary to another, as a rate.</summary>
/// <param name="From">Id of the apiary that they leave.</param>
/// <param name="To">Id of the apiary that they come to.</param>
/// <param name="ColoniesPerWeek">Above 0 and at most 1,000.</param>
public sealed record WeeklyMove(string From, string To, double ColoniesPerWeek);

/// <summary>Act whose effect a scenario tells beside doing nothing.</summary>
/// <param name="Treatment">Name of a treatment, done at once; null for none.</param>
/// <param name="At">Ids of the apiaries that are treated; null for all.</param>
/// <param name="Standstill">No colony is moved any more. Bees still fly.</param>
public sealed record Countermeasure(string? Treatment, IReadOnlySet<string>? At, bool Standstill)
{
    /// <summary>Nothing is done.</summary>
    public static Countermeasure None { get; } = new(null, null, Standstill: false);

    internal bool Treats(string apiary) => Treatment is not null && At?.Contains(apiary) != false;
}
