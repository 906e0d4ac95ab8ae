using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Mixed;

/// <summary>Place of a row in the model: a state in a quarter.</summary>
internal readonly record struct PanelPoint(string State, string Division, Quarter Quarter)
{
    public PanelPoint(string state, Quarter quarter)
        : this(state, StateCodes.DivisionOf(state), quarter)
    {
    }

    /// <summary>Properties that two points have in common.</summary>
    public SharedBy With(in PanelPoint other) =>
        (Quarter.Number == other.Quarter.Number ? SharedBy.Season : SharedBy.None)
        | (Quarter == other.Quarter ? SharedBy.Quarter : SharedBy.None)
        | (State == other.State ? SharedBy.State : SharedBy.None)
        | (Division == other.Division ? SharedBy.Division : SharedBy.None);
}
