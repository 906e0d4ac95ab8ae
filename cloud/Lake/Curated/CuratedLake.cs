
namespace IotGateway.Cloud.Lake.Curated;

/// <summary>State of the curated lake, for the status page.</summary>
internal sealed class CuratedLake
{
    /// <summary>True in the process that makes it; another knows nothing of it.</summary>
    public bool IsMadeHere { get; init; } = true;

    private volatile CuratedState _state = CuratedState.None;
    private volatile string? _problem;

    /// <summary>After the last pass.</summary>
    public CuratedState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Reason for which the last pass did not end; null when it did.</summary>
    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }
}
