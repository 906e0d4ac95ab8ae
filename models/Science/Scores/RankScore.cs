namespace IotGateway.Science.Scores;

/// <summary>Score of an order: whether what came was told apart from what did not, whatever the probabilities themselves.</summary>
public static class RankScore
{
    /// <summary>
    /// Area under the receiver operating characteristic (Hanley and McNeil 1982), 0 to 1: the chance that of one that came and one that did
    /// not the former had the higher value, ties counted half; 0.5 is no skill. NaN where all came or none.
    /// </summary>
    /// <param name="values">What was said, higher for more likely, at least one.</param>
    /// <param name="happened">Whether it came, one for each.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a value is not finite.</exception>
    public static double AreaUnderCurve(ReadOnlySpan<double> values, ReadOnlySpan<bool> happened)
    {
        Rows.Paired(values.Length, happened.Length);
        var sorted = new double[values.Length];
        var came = new bool[values.Length];
        for (var i = 0; i < values.Length; i++)
            sorted[i] = Rows.Finite(values[i], "forecast");
        happened.CopyTo(came);
        Array.Sort(sorted, came);
        var (ranks, events) = (0.0, 0);
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            var tied = 0;
            for (; to < sorted.Length && sorted[to] == sorted[from]; to++)
                tied += came[to] ? 1 : 0;
            ranks += tied * (from + to + 1) / 2.0;
            events += tied;
            from = to;
        }

        double others = sorted.Length - events;
        return events == 0 || others == 0 ? double.NaN : (ranks - events * (events + 1) / 2.0) / events / others;
    }
}
