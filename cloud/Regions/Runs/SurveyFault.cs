namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Fault of the survey's table as it was read last, told by the runs to the page of the regions.</summary>
internal sealed class SurveyFault
{
    private volatile string? _text;

    /// <summary>File, row, column, and what was expected; null where it could be read, or none is named.</summary>
    public string? Text
    {
        get => _text;
        set => _text = value;
    }
}
