using IotGateway.Learning.Evaluation;

namespace IotGateway.Learning.Hives;

/// <summary>Outcome of a model's evaluation.</summary>
/// <param name="Lines">The lines of its card's table.</param>
/// <param name="Rows">Every statement that they are made of.</param>
/// <param name="SetAside">What the tables held that could not be used, each reason with its count.</param>
internal sealed record HeldOutJudgement(
    IReadOnlyList<TableLine> Lines, IReadOnlyList<HeldOutRow> Rows, IReadOnlyList<(string Reason, int Count)> SetAside);
