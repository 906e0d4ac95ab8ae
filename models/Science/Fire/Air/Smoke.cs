using static System.Math;

namespace IotGateway.Science.Fire.Air;

/// <summary>
/// Fine particles in a fire's smoke: what it gives off, and what a steady plume over open country brings to the
/// ground. A first guess, right within a factor of several: no plume rise, terrain or chemistry.
/// </summary>
public static class Smoke
{
    /// <summary>PM2.5 from burning boreal forest, g per kg of dry fuel (Andreae 2019: 18.7 ± 15.9 for total fine aerosol).</summary>
    public const double BorealGramsPerKilogram = 18.7;

    /// <summary>PM2.5 given off, g/s, by a front.</summary>
    /// <param name="hectaresPerHour">Area burnt, 0 to 100000 ha/h.</param>
    /// <param name="consumption">Fuel consumed, 0 to 100 kg/m².</param>
    /// <param name="gramsPerKilogram">Emission factor, 0 to 100 g/kg.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double EmissionGramsPerSecond(
        double hectaresPerHour, double consumption, double gramsPerKilogram = BorealGramsPerKilogram)
    {
        Check.Within(hectaresPerHour, 0, 100_000, "area burnt (ha/h)");
        Check.Within(consumption, 0, 100, "fuel consumption (kg/m²)");
        Check.Within(gramsPerKilogram, 0, 100, "emission factor (g/kg)");
        return hectaresPerHour * 10_000 / 3600 * consumption * gramsPerKilogram;
    }

    /// <summary>
    /// PM2.5 at the ground under the axis of a plume, µg/m³: Gaussian, neutral air, open country (Briggs 1973, class D).
    /// </summary>
    /// <param name="gramsPerSecond">Emission, 0 to 1e9 g/s.</param>
    /// <param name="windKilometresPerHour">Wind, 1 to 300 km/h: a plume needs some.</param>
    /// <param name="metresDownwind">Distance, 100 to 100000 m.</param>
    /// <param name="heightMetres">Effective height of release, 0 to 5000 m.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double GroundMicrograms(double gramsPerSecond, double windKilometresPerHour, double metresDownwind, double heightMetres)
    {
        Check.Within(gramsPerSecond, 0, 1e9, "emission (g/s)");
        Check.Within(windKilometresPerHour, 1, 300, "wind speed (km/h)");
        Check.Within(metresDownwind, 100, 100_000, "distance (m)");
        Check.Within(heightMetres, 0, 5000, "height of release (m)");
        var across = 0.08 * metresDownwind / Sqrt(1 + 0.0001 * metresDownwind);
        var upward = 0.06 * metresDownwind / Sqrt(1 + 0.0015 * metresDownwind);
        return 1e6 * gramsPerSecond / (PI * windKilometresPerHour / 3.6 * across * upward)
            * Exp(-heightMetres * heightMetres / (2 * upward * upward));
    }
}
