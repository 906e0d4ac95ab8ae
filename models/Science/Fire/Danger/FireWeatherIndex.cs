using static System.Math;

namespace IotGateway.Science.Fire.Danger;

/// <summary>
/// Fire Weather Index, the intensity of a spreading fire as one number, and the Daily Severity Rating
/// made from it, which may be averaged. FTR 33, eq. 28a to 30b and 41.
/// </summary>
public static class FireWeatherIndex
{
    /// <summary>The index, 0 upward, of an ISI and a BUI of 0 or more.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Of(double isi, double bui)
    {
        Check.Within(isi, 0, 1e9, "ISI");
        Check.Within(bui, 0, 20_000, "BUI");
        return OfUnchecked(isi, bui);
    }

    /// <summary>Daily Severity Rating of an FWI of 0 or more.</summary>
    /// <exception cref="InputException">The index is outside its range.</exception>
    public static double DailySeverityRating(double fwi)
    {
        Check.Within(fwi, 0, 1e9, "FWI");
        return 0.0272 * Pow(fwi, 1.77);
    }

    internal static double OfUnchecked(double isi, double bui)
    {
        var duff = bui > 80 ? 1000 / (25 + 108.64 * Exp(-0.023 * bui)) : 0.626 * Pow(bui, 0.809) + 2;
        var intensity = 0.1 * isi * duff;
        return intensity <= 1 ? intensity : Exp(2.72 * Pow(0.434 * Log(intensity), 0.647));
    }
}
