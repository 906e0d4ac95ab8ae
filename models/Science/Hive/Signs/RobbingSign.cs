using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Hive.Signs;

/// <summary>Stores that leave a hive over hours: more than a colony eats in a day, and without a sudden step.</summary>
/// <remarks>
/// Foragers that fly out come home by the same hour of the next day, so days are compared at one hour (daily course after Meikle et al.
/// 2008, Apidologie 39, 694); a colony in a dearth eats a few hundred grams a day. Robbers carry kilograms away in hours of flight. The
/// bounds are set round figures: no open recording of a robbed hive's weight was found.
/// </remarks>
/// <param name="Kilograms">Weight lost in the last 24 h, kg, above 0.</param>
/// <param name="UsualKilograms">The median change over 24 h on the days before, kg; negative for a loss.</param>
public sealed record RobbingSign(double Kilograms, double UsualKilograms)
{
    private const double LeastKilograms = 1.5;
    private const double GraveKilograms = 3;
    private const int Days = 7;
    private const int FewestDays = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Near = TimeSpan.FromHours(1);

    /// <summary>So much in a day that little will be left.</summary>
    public bool IsGrave => Kilograms >= GraveKilograms;

    /// <summary>The sign as of a time.</summary>
    /// <param name="net">Net weight up to then.</param>
    /// <param name="asOf">The time.</param>
    /// <returns>Null without such a loss, or where fewer than three earlier days tell what is usual.</returns>
    public static RobbingSign? Of(NetWeight net, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(net);
        if (net.Steps.Any(s => s.To > asOf - Day - Near) || NetChange.Over(net, asOf, Day) is not { } last)
            return null;
        double[] before = [.. NetChange.Days(net, asOf - Day, Days).Order()];
        if (before.Length < FewestDays)
            return null;
        var usual = before[before.Length / 2];
        return Math.Min(usual, 0) - last >= LeastKilograms ? new RobbingSign(-last, usual) : null;
    }
}
