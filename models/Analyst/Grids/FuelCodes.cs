using System.Globalization;
using IotGateway.Science;
using IotGateway.Science.Fire.Fuels;

namespace IotGateway.Analyst.Grids;

/// <summary>
/// The numbers by which Canadian fuel grids name fuel types: 1–7 C-1 to C-7, 11 D-1, 21–23 S-1 to S-3, 31 and 32
/// O-1a and O-1b, 40/50/70/80 M-1 to M-4, 405–495 and so on mixedwoods with their per cent, 101–106 what does not burn.
/// </summary>
internal static class FuelCodes
{
    public static Stand Parse(double code, string file) => (int)code switch
    {
        _ when code != Math.Floor(code) => throw Unknown(code, file),
        >= 1 and <= 7 and var c => new Stand(FuelType.C1 + (c - 1)),
        11 => new Stand(FuelType.D1),
        >= 21 and <= 23 and var s => new Stand(FuelType.S1 + (s - 21)),
        31 => new Stand(FuelType.O1a),
        32 => new Stand(FuelType.O1b),
        40 => new Stand(FuelType.M1),
        50 => new Stand(FuelType.M2),
        70 => new Stand(FuelType.M3),
        80 => new Stand(FuelType.M4),
        102 => new Stand(FuelType.Water),
        101 or 105 or 106 => new Stand(FuelType.NonFuel),
        > 400 and < 500 and var m => new Stand(FuelType.M1) { ConiferPercent = m - 400 },
        > 500 and < 600 and var m => new Stand(FuelType.M2) { ConiferPercent = m - 500 },
        > 700 and < 800 and var m => new Stand(FuelType.M3) { DeadFirPercent = m - 700 },
        > 800 and < 900 and var m => new Stand(FuelType.M4) { DeadFirPercent = m - 800 },
        _ => throw Unknown(code, file),
    };

    private static InputException Unknown(double code, string file) => new(
        "fuel code in " + file, code.ToString(CultureInfo.InvariantCulture),
        "1–7, 11, 21–23, 31, 32, 40, 50, 70, 80, 401–599, 701–899, or 101, 102, 105, 106 for what does not burn");
}
