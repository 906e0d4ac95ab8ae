using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using static System.Math;

namespace IotGateway.Science.Fire.Growth;

/// <summary>
/// The secondary outputs of the FBP System: the whole ellipse some time after ignition (ST-X-3, eq. 68 to 89).
/// </summary>
public sealed record FireGrowth
{
    /// <summary>The head.</summary>
    public required FireFront Head { get; init; }

    /// <summary>The flanks.</summary>
    public required FireFront Flank { get; init; }

    /// <summary>The back.</summary>
    public required FireFront Back { get; init; }

    /// <summary>Length-to-breadth ratio at equilibrium (LB).</summary>
    public required double LengthToBreadth { get; init; }

    /// <summary>Length-to-breadth ratio at the elapsed time (LBt).</summary>
    public required double LengthToBreadthNow { get; init; }

    /// <summary>Distance run by the head, m (DH).</summary>
    public required double HeadMetres { get; init; }

    /// <summary>Distance run by the back, m (DB).</summary>
    public required double BackMetres { get; init; }

    /// <summary>Distance run by a flank, m (DF).</summary>
    public required double FlankMetres { get; init; }

    /// <summary>Area of the ellipse, ha.</summary>
    public double AreaHectares => PI / 2 * (HeadMetres + BackMetres) * FlankMetres / 10_000;

    /// <summary>The fire's front at an angle from its head, seen from the ignition.</summary>
    /// <param name="stand">What burns, as given to <see cref="After"/>.</param>
    /// <param name="fire">The head, as <see cref="FbpSystem.Predict"/> gives it.</param>
    /// <param name="radiansFromHead">Angle from the direction of the head, radians.</param>
    /// <exception cref="InputException">The angle is outside its range.</exception>
    public FireFront At(in Stand stand, in FireBehaviour fire, double radiansFromHead) => Front(
        stand, fire,
        FireShape.RateAt(Head.RateOfSpread, Back.RateOfSpread, LengthToBreadth, radiansFromHead),
        FireShape.RateAt(Head.RateNow, Back.RateNow, LengthToBreadthNow, radiansFromHead));

    /// <summary>The ellipse after a time.</summary>
    /// <param name="stand">What burns; it must burn.</param>
    /// <param name="weather">Danger codes and wind.</param>
    /// <param name="terrain">Slope and aspect.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 50 to 300.</param>
    /// <param name="elapsed">Time since ignition, 0 to 30 days.</param>
    /// <param name="fromPoint">True for a fire from a point, which accelerates; false for a line already at equilibrium.</param>
    /// <param name="buildupEffect">Whether the buildup effect is applied. The default value is true.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static FireGrowth After(
        in Stand stand, in BehaviourWeather weather, in Terrain terrain, double foliarMoisturePercent,
        TimeSpan elapsed, bool fromPoint, bool buildupEffect = true)
    {
        Check.Within(elapsed.TotalHours, 0, 720, "elapsed time (h)");
        Check.Within((int)stand.Fuel, 2, (int)FuelType.S3, "fuel type that burns");
        var head = FbpSystem.Predict(stand, weather, terrain, foliarMoisturePercent, buildupEffect);
        var backRate = FbpSystem.BackRate(stand, weather, head, foliarMoisturePercent);
        var ratio = FireShape.LengthToBreadth(stand.Fuel, head.NetWindKilometresPerHour);
        var flankRate = (head.RateOfSpread + backRate) / (2 * ratio);

        var minutes = elapsed.TotalMinutes;
        var alpha = Acceleration.Alpha(FuelConstants.Of(stand.Fuel).Open, head.CrownFractionBurned);
        var share = fromPoint ? Acceleration.Share(alpha, minutes) : 1;
        var covered = fromPoint ? Acceleration.EquivalentMinutes(alpha, minutes) : minutes;
        var ratioNow = (ratio - 1) * share + 1;
        var (headMetres, backMetres) = (head.RateOfSpread * covered, backRate * covered);
        var flankNow = (head.RateOfSpread + backRate) * share / (2 * ratioNow);
        return new FireGrowth
        {
            Head = Front(stand, head, head.RateOfSpread, head.RateOfSpread * share),
            Flank = Front(stand, head, flankRate, flankNow),
            Back = Front(stand, head, backRate, backRate * share),
            LengthToBreadth = ratio,
            LengthToBreadthNow = ratioNow,
            HeadMetres = headMetres,
            BackMetres = backMetres,
            FlankMetres = (headMetres + backMetres) / (2 * ratioNow),
        };
    }

    /// <summary>A front of the fire of which the rate of spread is known: the crowns' part in it, and when they catch.</summary>
    /// <param name="stand">What burns.</param>
    /// <param name="head">The head.</param>
    /// <param name="rate">Rate of spread at equilibrium, m/min, 0 to that of the head.</param>
    /// <param name="rateNow">Rate of spread at the elapsed time, m/min.</param>
    public static FireFront Front(in Stand stand, in FireBehaviour head, double rate, double rateNow)
    {
        var crowns = head.CriticalRate > 0 && head.CrownFractionBurned > 0;
        var fraction = rate == head.RateOfSpread ? head.CrownFractionBurned
            : crowns ? CrownFire.FractionBurned(rate, head.CriticalRate).First : 0;
        var consumption = head.SurfaceConsumption + (fraction > 0 ? FuelConsumption.Crown(stand, fraction).First : 0);
        var toCrowning = fraction > 0
            ? Acceleration.MinutesToCrowning(Acceleration.Alpha(open: false, fraction), rate, head.CriticalRate)
            : 0;
        return new FireFront(rate, rateNow, fraction, consumption, toCrowning);
    }
}
