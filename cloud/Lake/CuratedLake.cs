using IotGateway.Cloud.Lake.Curated;

namespace IotGateway.Cloud.Lake;

/// <summary>How the curated lake stands, for the status page.</summary>
internal sealed class CuratedLake
{
    /// <summary>Whether this process makes it; another knows nothing of it.</summary>
    public bool IsMadeHere { get; init; } = true;

    private volatile CuratedState _state = CuratedState.None;
    private volatile string? _problem;

    /// <summary>After the last pass.</summary>
    public CuratedState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Why the last pass did not end; null when it did.</summary>
    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }
}
