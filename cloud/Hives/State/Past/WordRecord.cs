using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Past;

/// <summary>Record of a check's word at a site's hives, by the visits after it.</summary>
/// <param name="Check">As in the reasons of states.</param>
/// <param name="Said">Times that it began.</param>
/// <param name="Right">Of these, those that the next telling visit confirmed.</param>
/// <param name="Wrong">Those that it contradicted.</param>
/// <param name="Visits">All visits that tell of such a thing, whether the word stood or not.</param>
/// <param name="Found">Those of them that found it: what a visit without any word would be told.</param>
internal sealed record WordRecord(string Check, int Said, int Right, int Wrong, int Visits, int Found)
{
    private const double Normal95 = 1.96;

    /// <summary>Sentence for the beekeeper.</summary>
    public string Text => Right + Wrong == 0
        ? Words($"It is not yet known how often such a word is right: said {Times(Said)} here, and no visit has told.")
        : Words(
            $"Said {Times(Said)} here; visits within 14 days told of {Right + Wrong}: right {Times(Right)} ",
            $"({100 * Wilson(-1):0} to {100 * Wilson(1):0} %, 95 %). Of all visits that tell, {Found} of {Visits} found such a thing.");

    private static string Times(int count) => count == 0 ? "never" : count == 1 ? "once" : Words($"{count} times");

    /// <summary>An end of the interval of Wilson (1927, J. Am. Stat. Assoc. 22, 209).</summary>
    private double Wilson(int side)
    {
        double n = Right + Wrong;
        var (share, z2) = (Right / n, Normal95 * Normal95);
        var half = Normal95 * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n)));
        return Math.Clamp((share + (z2 / (2 * n)) + (side * half)) / (1 + (z2 / n)), 0, 1);
    }
}
