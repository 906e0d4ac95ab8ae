using IotGateway.Learning.Linear;
using IotGateway.Science.Scores;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Choice of the weights of own errors, by the pinball loss that they give on the hives that a line has learnt from.</summary>
internal static class ReachChoice
{
    /// <summary>Hours from one row tried to the next: no part of a day, so that all times of day are tried.</summary>
    private const int Stride = 13;

    /// <summary>The one with the least loss.</summary>
    /// <param name="rows">The rows learnt from, by hive and hour.</param>
    /// <param name="model">What was learnt from them.</param>
    /// <param name="horizon">Hours ahead.</param>
    public static Reach Of(IEnumerable<NestRow> rows, LinearModel model, int horizon)
    {
        var losses = new double[Reach.All.Length];
        foreach (var hive in rows.GroupBy(r => r.Hive))
        {
            var own = hive.ToList();
            double[] errors = [.. own.Select(r => r.Example.Target - model.At(r.Example.Features))];
            for (var i = 0; i < own.Count; i += Stride)
            {
                var past = OwnInterval.Past(own, errors, own[i].At, horizon);
                var intervals = Array.ConvertAll(Reach.All, r => OwnInterval.Of(past, r));
                if (Array.Exists(intervals, n => double.IsNaN(n.Low)))
                    continue; // where one can say nothing, none is tried
                for (var r = 0; r < losses.Length; r++)
                    losses[r] += Loss(intervals[r], errors[i]);
            }
        }

        return Reach.All[Array.IndexOf(losses, losses.Min())];
    }

    private static double Loss((double Low, double High) interval, double error) =>
        QuantileScore.Pinball(0.1, interval.Low, error) + QuantileScore.Pinball(0.9, interval.High, error);
}
