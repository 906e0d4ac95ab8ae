namespace IotGateway.Cloud.Web.Charts;

/// <summary>A point of a line.</summary>
internal readonly record struct Sample(DateTimeOffset Time, double Value);

/// <summary>Samples that a line is drawn from.</summary>
internal static class Samples
{
    /// <summary>Two samples further apart are not joined: what was between them is not known.</summary>
    public static readonly TimeSpan LongestJoin = TimeSpan.FromMinutes(45);

    /// <summary>Cuts a series, ascending in time, where samples lie further apart than <paramref name="longestJoin"/>.</summary>
    public static IEnumerable<Sample[]> Split(IReadOnlyList<Sample> samples, TimeSpan longestJoin)
    {
        var start = 0;
        for (var i = 1; i <= samples.Count; i++)
        {
            if (i < samples.Count && samples[i].Time - samples[i - 1].Time <= longestJoin)
                continue;
            yield return [.. samples.Skip(start).Take(i - start)];
            start = i;
        }
    }

    /// <summary>
    /// Thins a run of samples to about <paramref name="most"/>, keeping its ends and, of each stretch of time, the least and the
    /// greatest: no peak is lost.
    /// </summary>
    public static IReadOnlyList<Sample> Thin(IReadOnlyList<Sample> run, int most)
    {
        if (run.Count <= most || most < 4)
            return run;

        var buckets = (most - 2) / 2;
        var span = (double)((run[^1].Time - run[0].Time).Ticks + 1);
        var kept = new List<Sample>(most) { run[0] };
        for (int i = 1, bucket; i < run.Count - 1;)
        {
            bucket = Bucket(run[i]);
            int least = i, greatest = i;
            for (; i < run.Count - 1 && Bucket(run[i]) == bucket; i++)
            {
                least = run[i].Value < run[least].Value ? i : least;
                greatest = run[i].Value > run[greatest].Value ? i : greatest;
            }

            kept.Add(run[Math.Min(least, greatest)]);
            if (least != greatest)
                kept.Add(run[Math.Max(least, greatest)]);
        }

        kept.Add(run[^1]);
        return kept;

        int Bucket(Sample s) => (int)((s.Time - run[0].Time).Ticks / span * buckets);
    }
}
