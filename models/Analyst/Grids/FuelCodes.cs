using System.Globalization;
using IotGateway.Science;
using IotGateway.Science.Fire.Fuels;

namespace IotGateway.Analyst.Grids;

/// <summary>
/// The numbers by which Canadian fuel grids name fuel types: 1–7 C-1 to C-7, 11 D-1, 12 D-2, 21–23 S-1 to S-3, 31 and 32 O-1a and O-1b,
/// 40/50/70/80 M-1 to M-4, 405–495 and so on mixedwoods with their per cent, 101, 102, 105 and 106 what does not burn. Codes of two types,
/// 13 (D-1 or D-2), 60 and 601–699 (M-1 or M-2), 90 and 901–999 (M-3 or M-4), depend on whether there are leaves.
/// </summary>
internal static class FuelCodes
{
    /// <summary>True of a number that stands for no fuel: outside of the study area, not available, unknown or not classified.</summary>
    public static bool IsOutside(double code) => code is <= 0 or 100 or 103 or 104 or 255 or 65535;

    /// <param name="code">The cell's number.</param>
    /// <param name="file">The grid's name, for errors.</param>
    /// <param name="green">Whether broad-leaved trees have leaves; null where nobody said.</param>
    /// <exception cref="InputException">The number is no fuel type's, or depends on the season and nobody said which.</exception>
    public static Stand Parse(double code, string file, bool? green = null) => (int)code switch
    {
        _ when code != Math.Floor(code) => throw Unknown(code, file),
        >= 1 and <= 7 and var c => new Stand(FuelType.C1 + (c - 1)),
        11 => new Stand(FuelType.D1),
        12 => GreenAspen,
        13 => Green(code, file, green) ? GreenAspen : new Stand(FuelType.D1),
        >= 21 and <= 23 and var s => new Stand(FuelType.S1 + (s - 21)),
        31 => new Stand(FuelType.O1a),
        32 => new Stand(FuelType.O1b),
        40 => new Stand(FuelType.M1),
        50 => new Stand(FuelType.M2),
        60 => new Stand(Green(code, file, green) ? FuelType.M2 : FuelType.M1),
        70 => new Stand(FuelType.M3),
        80 => new Stand(FuelType.M4),
        90 => new Stand(Green(code, file, green) ? FuelType.M4 : FuelType.M3),
        102 => new Stand(FuelType.Water),
        101 or 105 or 106 => new Stand(FuelType.NonFuel),
        > 400 and < 500 and var m => new Stand(FuelType.M1) { ConiferPercent = m - 400 },
        > 500 and < 600 and var m => new Stand(FuelType.M2) { ConiferPercent = m - 500 },
        > 600 and < 700 and var m => new Stand(Green(code, file, green) ? FuelType.M2 : FuelType.M1) { ConiferPercent = m - 600 },
        > 700 and < 800 and var m => new Stand(FuelType.M3) { DeadFirPercent = m - 700 },
        > 800 and < 900 and var m => new Stand(FuelType.M4) { DeadFirPercent = m - 800 },
        > 900 and < 1000 and var m => new Stand(Green(code, file, green) ? FuelType.M4 : FuelType.M3) { DeadFirPercent = m - 900 },
        _ => throw Unknown(code, file),
    };

    /// <summary>D-2 is not among the published types. ST-X-3 (eq. 28) gives green D-1 a fifth of the rate: M-2 without conifers.</summary>
    private static Stand GreenAspen => new(FuelType.M2) { ConiferPercent = 0 };

    private static bool Green(double code, string file, bool? green) => green ?? throw new InputException(
        "fuel code in " + file, code.ToString(CultureInfo.InvariantCulture),
        "told its season, on which it depends: --season leafless or --season green");

    private static InputException Unknown(double code, string file) => new(
        "fuel code in " + file, code.ToString(CultureInfo.InvariantCulture),
        "1–7, 11–13, 21–23, 31, 32, 40, 50, 60, 70, 80, 90, 401–999, or 101, 102, 105, 106 for what does not burn");
}
