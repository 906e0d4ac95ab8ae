namespace IotGateway.Learning.Panel;

/// <summary>One state in one quarter, by the survey.</summary>
/// <param name="State">The postal code; <see cref="OtherStates"/> for the sum of those not published by name.</param>
/// <param name="Quarter">The quarter surveyed.</param>
/// <param name="Percent">The share of colonies lost or affected, 0 to 100 %.</param>
/// <param name="Colonies">The largest number of colonies in the quarter, above 0.</param>
/// <param name="Published">Whether the survey printed this percentage, not only the colonies that it follows from.</param>
internal sealed record PanelRow(string State, Quarter Quarter, double Percent, double Colonies, bool Published)
{
    /// <summary>The code of the sum of states that are not published by name.</summary>
    public const string OtherStates = "OT";

    public bool IsState => State != OtherStates;
}
