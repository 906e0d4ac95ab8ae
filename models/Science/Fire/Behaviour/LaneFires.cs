using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using IotGateway.Science.Fire.Vectorised;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>
/// Weather and terrain of four fires: <see cref="BehaviourWeather"/> and <see cref="Terrain"/>, turned from fires into quantities.
/// </summary>
internal readonly record struct LaneFires(
    Lanes Ffmc, Lanes Bui, Lanes WindKilometresPerHour, Lanes WindDirectionDegrees, Lanes SlopePercent, Lanes AspectDegrees)
{
    /// <summary>The same fire in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneFires One(in BehaviourWeather weather, in Terrain terrain) => new(
        weather.Ffmc, weather.Bui, weather.WindKilometresPerHour, weather.WindDirectionDegrees, terrain.SlopePercent,
        terrain.AspectDegrees);

    /// <summary>One to four fires; the last one fills what lanes are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneFires Of(ReadOnlySpan<BehaviourWeather> weathers, ReadOnlySpan<Terrain> terrains)
    {
        var last = weathers.Length - 1;
        var (b, c, d) = (Math.Min(1, last), Math.Min(2, last), Math.Min(3, last));
        ref readonly var w0 = ref weathers[0];
        ref readonly var w1 = ref weathers[b];
        ref readonly var w2 = ref weathers[c];
        ref readonly var w3 = ref weathers[d];
        return new LaneFires(
            Four(w0.Ffmc, w1.Ffmc, w2.Ffmc, w3.Ffmc),
            Four(w0.Bui, w1.Bui, w2.Bui, w3.Bui),
            Four(w0.WindKilometresPerHour, w1.WindKilometresPerHour, w2.WindKilometresPerHour, w3.WindKilometresPerHour),
            Four(w0.WindDirectionDegrees, w1.WindDirectionDegrees, w2.WindDirectionDegrees, w3.WindDirectionDegrees),
            Four(terrains[0].SlopePercent, terrains[b].SlopePercent, terrains[c].SlopePercent, terrains[d].SlopePercent),
            Four(terrains[0].AspectDegrees, terrains[b].AspectDegrees, terrains[c].AspectDegrees, terrains[d].AspectDegrees));
    }

    private static Lanes Four(double a, double b, double c, double d) => new(Vector256.Create(a, b, c, d));
}
