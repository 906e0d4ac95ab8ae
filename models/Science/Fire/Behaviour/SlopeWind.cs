using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Vectorised;
using static System.Math;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>
/// Wind and slope as one wind (ST-X-3, eq. 39 to 51; GLC-X-10 for slopes and winds that exceed the
/// originals' range).
/// </summary>
/// <param name="NetWind">Net effective wind (WSV, eq. 49), km/h.</param>
/// <param name="SpreadAzimuthDegrees">Where the fire runs to (RAZ, eq. 50), degrees clockwise from north.</param>
internal readonly record struct SlopeWind(Lanes NetWind, Lanes SpreadAzimuthDegrees)
{
    /// <summary>ISI over calm ISI of a wind of 40 km/h, above which the second wind function holds.</summary>
    private static readonly double RatioAt40 = Exp(0.05039 * 40);

    /// <summary>The sum of the wind and of the wind that the slope is worth.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static SlopeWind Of(in Stand stand, in LaneFires fires, Lanes fuelFactor)
    {
        var sloped = (fires.SlopePercent > 0) & (fires.Ffmc > 0);
        if (!sloped.Any)
            return new SlopeWind(fires.WindKilometresPerHour, InOneTurn(fires.WindDirectionDegrees + 180));

        // Wind comes from where it is named after and a slope faces away from its top: half a turn each.
        var (sine, cosine) = LaneAngles.SinCosOfDegrees(fires.AspectDegrees - fires.WindDirectionDegrees);
        var slopeIsi = SurfaceSpread.SlopeIsi(stand, 0.208 * fuelFactor, SlopeFactor.Logarithm(fires.SlopePercent));
        var slopeWind = LaneMath.Where(sloped, Equivalent(slopeIsi * (1 / (0.208 * fuelFactor))), 0);
        var (across, along) = (sine * slopeWind, cosine * slopeWind + fires.WindKilometresPerHour);
        var netWind = LaneMath.Sqrt(across * across + along * along);
        return new SlopeWind(netWind, InOneTurn(fires.WindDirectionDegrees + 180 + LaneAngles.Angle(across, along, netWind) * (180 / PI)));
    }

    /// <summary>From 0 to below a full turn; what rounding leaves just below a full turn is north.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes InOneTurn(Lanes degrees)
    {
        var turned = degrees - 360 * LaneMath.Floor(degrees * (1 / 360.0));
        return LaneMath.Where((turned >= 0) & (turned < 360 - 6e-8), turned, 0);
    }

    /// <summary>
    /// The wind that raises a calm day's ISI by this factor (WSE, GLC-X-10 eq. 44a to 44e): ln r / 0.05039 to 40 km/h,
    /// 28 − ln(1 − r/12) / 0.0818 above, at most 112.45 km/h. One logarithm serves both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Equivalent(Lanes ratio)
    {
        var below = ratio <= RatioAt40;
        var log = LaneMath.Log(LaneMath.Where(below, ratio, 1 - ratio * (1 / 12.0)));
        var above = LaneMath.Where(ratio < 0.999 * 12, 28 - log * (1 / 0.0818), 112.45);
        return LaneMath.Where(below, log * (1 / 0.05039), above);
    }
}
