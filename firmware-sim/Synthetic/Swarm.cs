using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Synthetic;

/// <summary>A prime swarm: the colony roars for an hour, then more than half of it leaves within a quarter of an hour.</summary>
/// <remarks>Size and order of events after Ferrari et al. 2008: 2–4.5 kg, 35 to 33 °C at departure, sound up to 500–600 Hz.</remarks>
internal sealed record Swarm(DateTimeOffset Departure)
{
    private const double Kilograms = 3.1;
    private const double Share = 0.55;

    /// <summary>4 July 2021, 13:15 local standard time: the day <c>synthetic-1</c> swarms.</summary>
    public static readonly Swarm OfFirstHive = new(new DateTimeOffset(2021, 7, 4, 13, 15, 0, WeatherRecording.StandardTime));

    private static readonly TimeSpan Leaving = TimeSpan.FromMinutes(15);

    /// <summary>Kilograms that have left.</summary>
    public double LossAt(DateTimeOffset time) => Kilograms * Gone(time);

    /// <summary>The share of the colony that is still there; it regrows over the next eight weeks.</summary>
    public double StrengthAt(DateTimeOffset time)
    {
        var regrown = Math.Clamp((time - Departure) / TimeSpan.FromDays(56), 0, 1);
        return 1 - (Share * Gone(time) * (1 - regrown));
    }

    /// <summary>Kelvin that the brood nest is cooler: 2 at departure, halved every two hours.</summary>
    public double CoolingAt(DateTimeOffset time) =>
        time < Departure ? 0 : 2 * Math.Pow(0.5, (time - Departure - Leaving) / TimeSpan.FromHours(2)) * Gone(time);

    /// <summary>0 to 1: the roar, rising over the hour before and ending with the departure.</summary>
    public double RoarAt(DateTimeOffset time) =>
        time > Departure + Leaving ? 0 : Math.Clamp(1 - ((Departure - time) / TimeSpan.FromHours(1)), 0, 1);

    /// <summary>Bees of the swarm counted out in the quarter of an hour up to this time.</summary>
    public double DepartingAt(DateTimeOffset time) => 11_000 * (Gone(time) - Gone(time - Leaving));

    private double Gone(DateTimeOffset time) => Math.Clamp((time - Departure) / Leaving, 0, 1);
}
