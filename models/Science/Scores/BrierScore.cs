namespace IotGateway.Science.Scores;

/// <summary>Score of probabilities (Brier 1950), with the parts it is made of (Murphy 1973).</summary>
public static class BrierScore
{
    /// <summary>Mean squared distance of the probabilities from what came (1 or 0), 0 to 1; 0 is best.</summary>
    /// <param name="probabilities">What was said, each 0 to 1, at least one.</param>
    /// <param name="happened">Whether it came, one for each.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a probability is outside its range.</exception>
    public static double Mean(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        Rows.Paired(probabilities.Length, happened.Length);
        var sum = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var distance = Rows.Probability(probabilities[i]) - (happened[i] ? 1 : 0);
            sum += distance * distance;
        }

        return sum / probabilities.Length;
    }

    /// <summary>The score's parts over bins of equal width.</summary>
    /// <param name="probabilities">What was said, each 0 to 1, at least one.</param>
    /// <param name="happened">Whether it came, one for each.</param>
    /// <param name="bins">Number of bins, 1 to 100.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a value is outside its range.</exception>
    public static BrierParts Parts(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened, int bins = 10)
    {
        var score = Mean(probabilities, happened);
        var found = Reliability.Bins(probabilities, happened, bins);
        double all = probabilities.Length;
        var rate = found.Sum(b => b.Count * b.ObservedShare) / all;
        var reliability = found.Sum(b => b.Count * Square(b.MeanProbability - b.ObservedShare)) / all;
        var resolution = found.Sum(b => b.Count * Square(b.ObservedShare - rate)) / all;
        var uncertainty = rate * (1 - rate);
        return new BrierParts(score, reliability, resolution, uncertainty, score - (reliability - resolution + uncertainty));
    }

    private static double Square(double value) => value * value;
}
