using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Evaluation;

/// <summary>Row of the panel beside what was said of it, and beside the rows that were known then.</summary>
/// <param name="Row">The truth.</param>
/// <param name="Said">What the model said.</param>
/// <param name="Baseline">What the simple rules say, from the same rows.</param>
internal sealed record Forecasted(PanelRow Row, Prediction Said, Baseline Baseline);
