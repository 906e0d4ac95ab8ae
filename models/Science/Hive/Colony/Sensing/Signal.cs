using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Sensing;

/// <summary>
/// A sensor's day as the logarithm of something that grows with the bees: what a colony lets expect, and how a sensor errs. Each sensor has
/// an offset of its own (where it sits, what it is), which no number of days averages away, and an error of the day.
/// </summary>
/// <param name="Offset">Standard deviation of the offset between sensors.</param>
/// <param name="Day">Standard deviation of the error of a day.</param>
internal readonly record struct Signal(double Offset, double Day)
{
    /// <summary>Standard deviation by which an offset drifts in a day.</summary>
    public const double Drift = 0.02;

    /// <summary>Error of a scale's gain over a day, g: moisture of wood, rain, temperature of the cells.</summary>
    public const double ScaleGrams = 400;

    /// <summary>
    /// Bees at which a nest swings half as much as the outside does; with <see cref="SwingPower"/> fitted to 492 days of seven hives of
    /// UrBAN 2021 with frames of bees between two visits.
    /// </summary>
    private static readonly double LogHalfSwingBees = Math.Log(15_000);

    private const double SwingPower = 1.2;

    /// <summary>Logarithm of a forager's trips in an hour of flight: one.</summary>
    private const double LogTripsAnHour = 0;

    /// <summary>Logarithm of the carbon dioxide of a bee at night, 0.1 ppm.</summary>
    private static readonly double LogPartsPerMillion = Math.Log(0.1);

    /// <summary>Sound level of one bee, dB.</summary>
    private const double SoundOfABee = 15;

    private const double DecibelsAFold = 4.342944819032518;

    /// <summary>Bees below which an empty hive is not told apart.</summary>
    private const double FewestTold = 200;

    private const double FewestFlightHours = 2;

    private const double LeastSwing = 1e-6;

    /// <summary>
    /// Errors of a kind. Only the thermometer's are from data (UrBAN 2021: 0.65 between hives; 2.1 between days, of which neighbours err
    /// alike by 0.48, so they are worth no more than ones that err by 3.5); the others are ours, as no open data have them: 0.45 a day,
    /// of which a week errs alike.
    /// </summary>
    public static Signal Of(SensorKind kind) => kind switch
    {
        SensorKind.NestThermometer => new(0.65, 3.5),
        SensorKind.BeeCounter => new(0.4, 1.2),
        SensorKind.NightCarbonDioxide => new(0.4, 1.2),
        SensorKind.NightSound => new(0.5, 1.2),
        _ => new(0, 1),
    };

    /// <summary>The signal that a colony lets expect; NaN where the day tells nothing.</summary>
    /// <param name="kind">Any but a scale.</param>
    /// <param name="logs">The colony's numbers.</param>
    /// <param name="logFlight">Logarithm of the day's flight hours, see <see cref="LogFlight"/>.</param>
    public static double Expected(SensorKind kind, in LogNumbers logs, double logFlight) => kind switch
    {
        SensorKind.NestThermometer => SwingPower * (LogHalfSwingBees - logs.Bees),
        SensorKind.BeeCounter => logs.Foragers + logFlight + LogTripsAnHour,
        SensorKind.NightCarbonDioxide => LogPartsPerMillion + logs.Bees,
        _ => (SoundOfABee / DecibelsAFold) + logs.Bees,
    };

    /// <summary>Logarithms of a colony's numbers; an empty hive counts as a handful.</summary>
    public static LogNumbers Logs(in ColonyState colony) => new(
        Math.Log(Math.Max(colony.Bees, FewestTold)), Math.Log(Math.Max(colony.Foragers, FewestTold / 4)));

    /// <summary>Logarithm of a day's flight hours; NaN where they are too few for a count to tell of foragers.</summary>
    public static double LogFlight(in ColonyWeather weather) =>
        weather.FlightHours < FewestFlightHours ? double.NaN : Math.Log(weather.FlightHours);

    /// <summary>A reading as a signal; NaN where it is none.</summary>
    public static double Read(SensorKind kind, double reading) => kind switch
    {
        SensorKind.NestThermometer => LogOdds(Math.Clamp(reading, LeastSwing, 1 - LeastSwing)),
        SensorKind.NightSound => reading / DecibelsAFold,
        _ => Math.Log(Math.Max(reading, 1)),
    };

    /// <summary>A signal as a reading, the inverse of <see cref="Read"/>.</summary>
    public static double Reading(SensorKind kind, double signal) => kind switch
    {
        SensorKind.NestThermometer => 1 / (1 + Math.Exp(-signal)),
        SensorKind.NightSound => signal * DecibelsAFold,
        _ => Math.Exp(signal),
    };

    private static double LogOdds(double share) => Math.Log(share / (1 - share));
}
