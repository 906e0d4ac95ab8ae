using IotGateway.Science.Hive.Learnt;
using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Features of a hive's hour, from that hour and those before; the last two also from the weather ahead.</summary>
internal static class NestFeatures
{
    private const int Day = 24;
    private const int LastDays = 3;

    public static readonly string[] Names =
    [
        "usual change", "trend beyond the usual", "below its day", "below the last days at that hour",
        "change outside × following", "change outside",
    ];

    /// <summary>Those that know nothing of the weather ahead.</summary>
    public static readonly int[] Own = [0, 1, 2, 3];

    public static readonly int[] WithWeather = [0, 1, 2, 3, 4, 5];

    /// <summary>The features as of an hour that was measured.</summary>
    /// <param name="terms">The terms as of it, the first three features.</param>
    /// <param name="hours">The nest's hours.</param>
    /// <param name="outside">The temperature outside in the same hours.</param>
    /// <param name="at">The hour.</param>
    /// <param name="horizon">Hours ahead.</param>
    public static double[] At(NestTerms terms, double[] hours, double[] outside, int at, int horizon)
    {
        var ahead = at + horizon < outside.Length ? outside[at + horizon] - outside[at] : double.NaN;
        var change = double.IsNaN(ahead) ? 0 : ahead;
        return
        [
            terms.UsualChange, terms.Trend, terms.BelowDay, BelowLastDays(hours, at, horizon),
            change * NestWeek.FollowingOf(hours, outside, at, NestHours.Fortnight), change,
        ];
    }

    /// <summary>Distance of the nest below the mean of the last days at the hour ahead; 0 where those were not measured.</summary>
    private static double BelowLastDays(double[] hours, int at, int horizon)
    {
        var (sum, count) = (0.0, 0);
        for (var i = at + horizon - Day; i >= 0 && i > at + horizon - Day - (LastDays * Day); i -= Day)
        {
            if (i <= at && !double.IsNaN(hours[i]))
                (sum, count) = (sum + hours[i], count + 1);
        }

        return count > 0 ? (sum / count) - hours[at] : 0;
    }
}
