using System.Globalization;

namespace IotGateway.Science.Scores;

/// <summary>Probabilities that were said, beside how often it came.</summary>
public static class Reliability
{
    /// <summary>Bins of equal width that hold a forecast, ascending; a probability on an edge belongs to the bin above.</summary>
    /// <param name="probabilities">What was said, each 0 to 1, at least one.</param>
    /// <param name="happened">Whether it came, one for each.</param>
    /// <param name="bins">Number of bins from 0 to 1, 1 to 100.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a value is outside its range.</exception>
    public static IReadOnlyList<ReliabilityBin> Bins(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened, int bins = 10)
    {
        Rows.Paired(probabilities.Length, happened.Length);
        if (bins is < 1 or > 100)
            throw new InputException("number of bins", bins.ToString(CultureInfo.InvariantCulture), "from 1 to 100");
        var count = new int[bins];
        var said = new double[bins];
        var came = new int[bins];
        for (var i = 0; i < probabilities.Length; i++)
        {
            var bin = Math.Min((int)(Rows.Probability(probabilities[i]) * bins), bins - 1);
            count[bin]++;
            said[bin] += probabilities[i];
            came[bin] += happened[i] ? 1 : 0;
        }

        return
        [
            .. Enumerable.Range(0, bins).Where(b => count[b] > 0).Select(b => new ReliabilityBin(
                (double)b / bins, (b + 1.0) / bins, count[b], said[b] / count[b], (double)came[b] / count[b])),
        ];
    }
}
