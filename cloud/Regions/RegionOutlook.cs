namespace IotGateway.Cloud.Regions;

/// <summary>Statement of a model about every state's next quarter, with its record, as its file tells it; shares in %.</summary>
/// <param name="Model">The model's name and version.</param>
/// <param name="Title">The quantity, with its unit.</param>
/// <param name="AsOf">The newest quarter that was looked at.</param>
/// <param name="Of">The quarter it speaks of.</param>
/// <param name="PastCount">Past forecasts that were held against what came.</param>
/// <param name="PastWithin">Those whose 80 % interval held it.</param>
/// <param name="PastError">Their mean absolute error, points.</param>
/// <param name="BaselineError">That of the state's shrunk mean of the same quarter.</param>
/// <param name="Weather">Effects of the weather on its error.</param>
/// <param name="States">By name.</param>
internal sealed record RegionOutlook(
    string Model, string Title, string AsOf, string Of, int PastCount, int PastWithin, double PastError, double BaselineError,
    IReadOnlyList<RegionWeather> Weather, IReadOnlyList<RegionState> States)
{
    /// <summary>The model's name, without its version.</summary>
    public string Name => Model.Split(' ')[0];
}

/// <summary>
/// Effect of one quarter's weather on the mean error of past forecasts, in points with its 95 % interval; above 0 it would be a gain.
/// </summary>
internal sealed record RegionWeather(string Of, int Count, double Gain, double Low, double High);

/// <summary>
/// Statement about one state, with the quarter in which it was last surveyed and its last forecasts, newest first. The baseline is the
/// state's mean of the same quarter, shrunk to the nation's, and the share of those quarters with a loss of 15 % or more.
/// </summary>
internal sealed record RegionState(
    string State, string Name, string LastSurveyed, double Low, double Median, double High, double? HighLoss, double Baseline,
    double? BaselineHighLoss, IReadOnlyList<string> Reasons, IReadOnlyList<RegionPast> Past)
{
    /// <summary>Its id among the subjects.</summary>
    public string Id => State.ToLowerInvariant();
}

/// <summary>Past forecast of a state, made afterwards from the quarters before, with what came.</summary>
internal sealed record RegionPast(
    string Quarter, double Low, double Median, double High, double? HighLoss, double Baseline, double? BaselineHighLoss, double Observed);
