namespace IotGateway.Analyst.Colonies;

/// <summary>Tenth of the forecasts by what they said, and how often it came.</summary>
/// <param name="Said">Mean probability said.</param>
/// <param name="Came">Share that came.</param>
/// <param name="Count">Forecasts.</param>
internal readonly record struct Decile(double Said, double Came, int Count)
{
    /// <summary>Ten tenths, of the least likely first.</summary>
    public static IReadOnlyList<Decile> Of(IReadOnlyList<SeasonWord> words)
    {
        var sorted = words.OrderBy(w => w.Loss).ToList();
        return
        [
            .. Enumerable.Range(0, 10).Select(tenth => sorted[(tenth * sorted.Count / 10)..((tenth + 1) * sorted.Count / 10)])
                .Where(words => words.Count > 0)
                .Select(words => new Decile(words.Average(w => w.Loss), words.Average(w => w.IsLost ? 1.0 : 0), words.Count)),
        ];
    }
}
