namespace IotGateway.Science.Disease;

/// <summary>
/// Scenario of a spread: what would follow from the parameters' ranges, not a forecast that was ever held against what came.
/// </summary>
/// <param name="Apiaries">Chances of each apiary, in the order given.</param>
/// <param name="Worlds">Draws of the parameters, which the intervals are made of.</param>
/// <param name="Members">Runs in each of them.</param>
public sealed record SpreadScenario(IReadOnlyList<ApiaryRisk> Apiaries, int Worlds, int Members)
{
    /// <summary>Weeks ahead that chances are told for.</summary>
    public static IReadOnlyList<int> Weeks { get; } = [2, 4, 8];

    /// <summary>Most apiaries of a scenario.</summary>
    public const int MostApiaries = 10_000;
}

/// <summary>Chances of an apiary.</summary>
/// <param name="Id">The apiary's.</param>
/// <param name="Neighbours">Apiaries near enough to count.</param>
/// <param name="NeighboursLeftOut">Others as near that were left out because so many are nearer: the chance is too low by theirs.</param>
/// <param name="Chances">For each of <see cref="SpreadScenario.Weeks"/>, that the event has come by then; rising.</param>
public sealed record ApiaryRisk(string Id, int Neighbours, int NeighboursLeftOut, IReadOnlyList<ChanceRange> Chances);

/// <summary>Probability with the interval that the parameters' ranges leave.</summary>
/// <param name="Value">Mean over all draws of the parameters, 0 to 1.</param>
/// <param name="Low">Value that it exceeds in nine of ten draws.</param>
/// <param name="High">Value that it exceeds in one of ten.</param>
public readonly record struct ChanceRange(double Value, double Low, double High);
