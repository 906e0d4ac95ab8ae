using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Math;

namespace IotGateway.Science.Fire.Spread;

/// <summary>
/// Travel time of a fire along a straight line through like ground: the ellipse of Huygens' wavelet, asked the
/// other way round. Its centre drifts with half the difference of head and back (Richards 1990), so the time
/// solves ((X − ct)/a)² + (Y/b)² = t².
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Wavelet(in FireEllipse fire)
{
    private readonly double _sine = Sin(fire.AzimuthRadians);
    private readonly double _cosine = Cos(fire.AzimuthRadians);
    private readonly double _drift = (fire.Head - fire.Back) / 2;
    private readonly double _headTimesBack = fire.Head * fire.Back;
    private readonly double _aspect = fire.Flank > 0
        ? (fire.Head + fire.Back) * (fire.Head + fire.Back) / (4 * fire.Flank * fire.Flank)
        : double.PositiveInfinity;

    /// <summary>Minutes for so many metres east and north; infinite where the fire does not go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Minutes(double east, double north)
    {
        var along = east * _sine + north * _cosine;
        var across = east * _cosine - north * _sine;
        var stretched = along * along + across * across * _aspect;
        var root = Sqrt(_drift * _drift * along * along + _headTimesBack * stretched);
        return along > 0
            ? stretched / (_drift * along + root)
            : (root - _drift * along) / _headTimesBack;
    }
}
