using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;

namespace IotGateway.Science.Fire.Ground;

/// <summary>Ground on which a fire behaves alike: the same stand on the same slope.</summary>
/// <param name="Stand">What grows there.</param>
/// <param name="Terrain">How it lies.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GroundClass(Stand Stand, Terrain Terrain)
{
    /// <summary>
    /// The class a cell is put in: slope to the nearest 2.5 %, aspect to the nearest 10°, so that a landscape has
    /// hundreds of classes and not one a cell. Level ground has no aspect.
    /// </summary>
    public static GroundClass Of(Stand stand, Terrain terrain)
    {
        if (!stand.Burns)
            return new GroundClass(new Stand(stand.Fuel), Terrain.Level);
        var slope = Math.Round(terrain.SlopePercent / 2.5) * 2.5;
        return new GroundClass(stand, slope == 0 ? Terrain.Level : new Terrain(slope, Math.Round(terrain.AspectDegrees / 10) * 10 % 360));
    }
}
