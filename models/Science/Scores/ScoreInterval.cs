namespace IotGateway.Science.Scores;

/// <summary>Interval in which a score lies with a stated probability.</summary>
/// <param name="Low">Its lower end, in the score's unit.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct ScoreInterval(double Low, double High)
{
    /// <summary>The wider of two intervals of one score; where only one is known, that one is not enough and the answer is null.</summary>
    public static ScoreInterval? Wider(ScoreInterval? one, ScoreInterval? other) =>
        one is { } a && other is { } b ? a.High - a.Low >= b.High - b.Low ? a : b : null;
}
