using IotGateway.Science.Scores;

namespace IotGateway.Learning.Evaluation;

/// <summary>Line of a card's table: a model and its baseline on one frozen set of rows.</summary>
/// <param name="Rows">The rows, in words.</param>
/// <param name="Measure">The name of the measure with its unit.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Baseline">The baseline's name and value.</param>
/// <param name="Model">The model's value.</param>
/// <param name="Gain">What the model gains on the baseline, 95 %; above 0 is better. Null where it cannot be told or is no gain.</param>
/// <param name="Goal">What was wanted, in words.</param>
/// <param name="Met">Whether it was reached.</param>
internal sealed record TableLine(
    string Rows, string Measure, int Count, (string Name, double Value) Baseline, double Model, ScoreInterval? Gain, string Goal, bool Met);
