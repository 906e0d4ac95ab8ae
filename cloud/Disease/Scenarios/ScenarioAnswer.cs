using IotGateway.Science.Disease;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>Scenario as it is answered and shown.</summary>
/// <param name="Statement">A sentence that it is a scenario and no forecast.</param>
/// <param name="Kind">What spreads.</param>
/// <param name="Event">Event whose chance is told.</param>
/// <param name="AsOf">Time of what is known of the apiaries.</param>
/// <param name="Weeks">Weeks ahead, in the order of the chances.</param>
/// <param name="Treatment">Treatment of the chances beside; null for none.</param>
/// <param name="Standstill">No colony is moved in the chances beside.</param>
/// <param name="NotSaid">Reason why nothing is said; null where something is.</param>
/// <param name="Apiaries">Each with its chances.</param>
/// <param name="LeftOut">Apiaries that are not in it.</param>
/// <param name="Notes">Limits of this very scenario.</param>
/// <param name="Parameters">Ranges with their sources.</param>
/// <param name="Worlds">Draws of the parameters.</param>
/// <param name="Members">Runs in each.</param>
/// <param name="Seed">Of the draws.</param>
internal sealed record ScenarioAnswer(
    string Statement, string Kind, string Event, DateTimeOffset? AsOf, IReadOnlyList<int> Weeks, string? Treatment, bool Standstill,
    string? NotSaid, IReadOnlyList<ApiaryAnswer> Apiaries, IReadOnlyList<LeftOutApiary> LeftOut, IReadOnlyList<string> Notes,
    IReadOnlyList<Parameter> Parameters, int Worlds, int Members, int Seed);

/// <summary>Apiary of a scenario with its chances, and those under the countermeasure where one was asked for.</summary>
internal sealed record ApiaryAnswer(
    string Id, string Name, double Latitude, double Longitude, int Colonies, int Washed, int Cases, int Neighbours,
    IReadOnlyList<ChanceRange> Chances, IReadOnlyList<ChanceRange>? Against);
