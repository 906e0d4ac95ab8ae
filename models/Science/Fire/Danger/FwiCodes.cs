using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Danger.Moisture;

namespace IotGateway.Science.Fire.Danger;

/// <summary>The three moisture codes that one day hands to the next.</summary>
/// <param name="Ffmc">Fine Fuel Moisture Code, 0 to 101.</param>
/// <param name="Dmc">Duff Moisture Code, 0 upward.</param>
/// <param name="Dc">Drought Code, 0 upward.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FwiCodes(double Ffmc, double Dmc, double Dc)
{
    /// <summary>85, 6 and 15: the start-up values three days after the snow has gone (FTR 35).</summary>
    public static FwiCodes SeasonStart { get; } = new(FineFuelMoistureCode.Start, DuffMoistureCode.Start, DroughtCode.Start);

    /// <summary>Refuses codes that cannot be.</summary>
    /// <exception cref="InputException">A code is outside its range, or is not a number.</exception>
    public void Validate()
    {
        Check.Within(Ffmc, 0, 101, "FFMC");
        Check.Within(Dmc, 0, 10_000, "DMC");
        Check.Within(Dc, 0, 20_000, "DC");
    }
}
