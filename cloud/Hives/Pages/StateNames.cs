using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Hives.Pages;

/// <summary>Words for states, as written on the pages.</summary>
internal static class StateNames
{
    /// <summary>The sentence at the foot of each page that shows states.</summary>
    public const string Footer =
        "States come from a rule, not from a trained model. They compare a hive with its own history, its neighbours and the weather, and "
            + "are no probabilities.";

    public static string Of(ColonyState state) => state switch
    {
        ColonyState.Abnormal => "Abnormal",
        ColonyState.Watch => "Watch",
        ColonyState.Silent => "Silent",
        ColonyState.Learning => "Learning",
        _ => "Normal",
    };
}
