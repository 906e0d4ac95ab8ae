using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Simulated;

/// <summary>
/// Days of a simulated hive from 1 May to the end of April: the weather drawn from a climate, the beekeeper's work from habits. The work
/// does not look at the colony: were it to, the work written down would tell of the colony what no filter is told.
/// </summary>
public static class SeasonDays
{
    /// <summary>Days of a season.</summary>
    public const int Count = 365;

    /// <summary>Day of the year of the first.</summary>
    public const int FirstDayOfYear = 121;

    private const int Harvest = 105;
    private const int Feeding = 128;
    private const int FirstTreatment = 92;
    private const int LastTreatment = 142;
    private const int WinterTreatment = 222;

    private static readonly MiteTreatment[] Treatments = [MiteTreatment.Thymol, MiteTreatment.FormicAcid, MiteTreatment.Amitraz];

    /// <summary>Draws a season.</summary>
    /// <param name="climate">The place's.</param>
    /// <param name="seed">Key of the draws.</param>
    public static ColonyDay[] Draw(Climate climate, ulong seed)
    {
        var noise = new Noise(seed);
        var work = new HiveWork[Count];
        work[Harvest] = new HiveWork { HarvestedGrams = 5_000 + (20_000 * noise.Uniform()) };
        work[Feeding] = new HiveWork { FedGrams = 12_000 * noise.Uniform() };
        var kind = (int)(noise.Uniform() * (Treatments.Length + 1));
        var first = FirstTreatment + (int)(noise.Uniform() * (LastTreatment - FirstTreatment));
        if (kind < Treatments.Length)
            Treat(work, Treatments[kind], first);
        if (noise.Uniform() < 0.5)
            Treat(work, MiteTreatment.OxalicAcid, WinterTreatment);
        var weather = new WeatherWalk(climate, (ulong)(noise.Uniform() * (1UL << 53)));
        return [.. work.Select((w, i) => new ColonyDay(weather.Next(DayOfYear(i)), w))];
    }

    /// <summary>Day of the year of a season's day, 1 to 365.</summary>
    /// <param name="day">From 0.</param>
    public static int DayOfYear(int day) => ((FirstDayOfYear - 1 + day) % 365) + 1;

    private static void Treat(HiveWork[] work, MiteTreatment treatment, int first)
    {
        for (var day = 0; day < treatment.Days; day++)
        {
            work[first + day] = work[first + day] with
            {
                KilledOnBees = treatment.OnBees,
                KilledInCells = treatment.InCells,
                TreatmentBegins = day == 0,
            };
        }
    }
}
