using static System.Math;

namespace IotGateway.Science.Fire.Danger;

/// <summary>Buildup Index: the fuel available to a spreading fire, from DMC and DC. FTR 33, eq. 27a and 27b.</summary>
public static class BuildupIndex
{
    /// <summary>The index, 0 upward, of a DMC and a DC of 0 or more.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Of(double dmc, double dc)
    {
        Check.Within(dmc, 0, 10_000, "DMC");
        Check.Within(dc, 0, 20_000, "DC");
        return OfUnchecked(dmc, dc);
    }

    internal static double OfUnchecked(double dmc, double dc)
    {
        if (dmc == 0)
            return 0;
        var share = 0.8 * dc / (dmc + 0.4 * dc);
        return dmc <= 0.4 * dc
            ? share * dmc
            : Max(dmc - (1 - share) * (0.92 + Pow(0.0114 * dmc, 1.7)), 0);
    }
}
