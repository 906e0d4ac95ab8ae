using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Vectorised;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>The heads of four fires: <see cref="FireBehaviour"/> by quantity.</summary>
internal readonly record struct LaneHeads(
    Lanes RateOfSpread, Lanes CrownFractionBurned, Lanes SurfaceConsumption, Lanes CrownConsumption,
    Lanes BuildupEffect, Lanes CriticalIntensity, Lanes CriticalRate, Lanes Isi)
{
    /// <summary>One of the fires, with what the wind says of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FireBehaviour Fire(int lane, in SlopeWind wind) => new()
    {
        RateOfSpread = RateOfSpread[lane],
        CrownFractionBurned = CrownFractionBurned[lane],
        SurfaceConsumption = SurfaceConsumption[lane],
        CrownConsumption = CrownConsumption[lane],
        SpreadAzimuthDegrees = wind.SpreadAzimuthDegrees[lane],
        NetWindKilometresPerHour = wind.NetWind[lane],
        Isi = Isi[lane],
        BuildupEffect = BuildupEffect[lane],
        CriticalIntensity = CriticalIntensity[lane],
        CriticalRate = CriticalRate[lane],
    };
}
