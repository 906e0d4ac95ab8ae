namespace IotGateway.Learning.Outlooks;

/// <summary>Statement of a model about every state's next quarter, with its record.</summary>
/// <param name="Model">The model's name and version.</param>
/// <param name="Title">The quantity, with its unit.</param>
/// <param name="AsOf">The newest quarter that was looked at.</param>
/// <param name="Of">The quarter it speaks of.</param>
/// <param name="PastCount">Past forecasts of states since 2020 that were held against what came.</param>
/// <param name="PastWithin">Those whose 80 % interval held it.</param>
/// <param name="PastError">Their mean absolute error, points.</param>
/// <param name="BaselineError">That of the state's mean of the same quarter, shrunk to the nation's.</param>
/// <param name="Weather">Effects of the weather on its error.</param>
/// <param name="States">By name.</param>
internal sealed record Outlook(
    string Model, string Title, string AsOf, string Of, int PastCount, int PastWithin, double PastError, double BaselineError,
    IReadOnlyList<WeatherOutlook> Weather, IReadOnlyList<StateOutlook> States);

/// <summary>Effect of the weather on the error of past forecasts, points; above 0 it would be a gain.</summary>
/// <param name="Of">Which quarter's weather, in words.</param>
/// <param name="Count">State-quarters tested.</param>
/// <param name="Gain">The mean error without it less that with it.</param>
/// <param name="Low">The lower end of its 95 % interval, by states and by quarters, the wider one.</param>
/// <param name="High">The upper end.</param>
internal sealed record WeatherOutlook(string Of, int Count, double Gain, double Low, double High);

/// <summary>Statement about one state's next quarter.</summary>
/// <param name="State">The postal code.</param>
/// <param name="Name">The full name.</param>
/// <param name="LastSurveyed">The newest quarter in which the survey printed it by name.</param>
/// <param name="Low">The value it stays below one time of ten, %.</param>
/// <param name="Median">The value it stays below one time of two, %.</param>
/// <param name="High">The value it stays below nine times of ten, %.</param>
/// <param name="HighLoss">Probability of 15 % or more, 0 to 1; null where that is not asked.</param>
/// <param name="Baseline">The state's mean of the same quarter, shrunk to the nation's, %.</param>
/// <param name="BaselineHighLoss">Share of those quarters with 15 % or more, shrunk likewise; null where that is not asked.</param>
/// <param name="Reasons">The largest deviations that it is made of, in points.</param>
/// <param name="Past">The last ten forecasts, newest first.</param>
internal sealed record StateOutlook(
    string State, string Name, string LastSurveyed, double Low, double Median, double High, double? HighLoss,
    double Baseline, double? BaselineHighLoss, IReadOnlyList<string> Reasons, IReadOnlyList<PastOutlook> Past);

/// <summary>Past forecast of a state, made afterwards from the quarters before, with what came, %.</summary>
internal sealed record PastOutlook(
    string Quarter, double Low, double Median, double High, double? HighLoss, double Baseline, double? BaselineHighLoss, double Observed);
