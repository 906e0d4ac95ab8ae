using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>Word on a later count: the last one plus what counts at the site changed by, from one visit to the next.</summary>
internal static class SiteChanges
{
    private static readonly double[] Levels = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// <summary>The word; null where the changes are too few.</summary>
    public static FrameWord? Of(Visit last, double[] changes)
    {
        if (changes.Length < FrameChanges.Fewest)
            return null;
        var counted = last.FramesOfBees!.Value;
        var (low, middle, high) = (
            ConformalQuantile.Of(changes, 0.1), ConformalQuantile.Of(changes, 0.5), ConformalQuantile.Of(changes, 0.9));
        return new FrameWord(
            "site-changes", "1", Hash(Words($"{counted:R} {string.Join(' ', changes.Select(c => Words($"{c:R}")))}")),
            [.. Levels.Select(l => new Quantile(l, FrameWord.Frames(counted + ConformalQuantile.Of(changes, l))))],
            [
                Words($"The visit of {last.Begin.UtcDateTime:d MMMM} counted {counted:0.#} frames of bees."),
                Words($"From one visit to the next, counts at this site changed by {middle:+0.0;−0.0;0.0} frames in the middle, ")
                    + Words($"and by {low:+0.0;−0.0;0.0} to {high:+0.0;−0.0;0.0} in four of five of {changes.Length} ")
                    + "cases of the last 60 days: the interval is made of them.",
            ]);
    }

    /// <summary>Reason why it can say nothing; null where it can.</summary>
    public static string? WhyNot(double[] changes) => changes.Length < FrameChanges.Fewest
        ? Words($"{changes.Length} of at least {FrameChanges.Fewest} pairs of visits at this site in the last 60 days ")
            + "counted frames of bees"
        : null;
}
