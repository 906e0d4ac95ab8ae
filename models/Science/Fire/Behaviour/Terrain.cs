using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>The lie of the ground.</summary>
/// <param name="SlopePercent">Slope, % (100 % is 45°), 0 to 200.</param>
/// <param name="AspectDegrees">The direction the slope faces, downhill, degrees clockwise from north, 0 to 360.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Terrain(double SlopePercent, double AspectDegrees)
{
    /// <summary>Level ground.</summary>
    public static Terrain Level => default;

    /// <summary>Refuses ground that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range, or is not a number.</exception>
    public void Validate()
    {
        Check.Within(SlopePercent, 0, 200, "slope (%)");
        Check.Within(AspectDegrees, 0, 360, "aspect (degrees)");
    }
}
