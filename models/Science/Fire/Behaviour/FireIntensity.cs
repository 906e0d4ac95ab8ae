namespace IotGateway.Science.Fire.Behaviour;

/// <summary>Byram's fireline intensity and the flame length that goes with it.</summary>
public static class FireIntensity
{
    /// <summary>Intensity, kW/m (ST-X-3, eq. 69: 18 000 kJ/kg).</summary>
    /// <param name="consumption">Fuel consumed, kg/m², 0 to 100000.</param>
    /// <param name="rateOfSpread">Rate of spread, m/min, 0 to 10000.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Byram(double consumption, double rateOfSpread)
    {
        Check.Within(consumption, 0, 100_000, "fuel consumption (kg/m²)");
        Check.Within(rateOfSpread, 0, 10_000, "rate of spread (m/min)");
        return 300 * consumption * rateOfSpread;
    }

    /// <summary>Flame length, m, of an intensity in kW/m (Byram 1959: 0.0775 · I^0.46); for surface fires.</summary>
    /// <exception cref="InputException">The intensity is negative or not a number.</exception>
    public static double FlameLengthMetres(double intensity)
    {
        Check.Within(intensity, 0, 1e7, "fire intensity (kW/m)");
        return 0.0775 * Math.Pow(intensity, 0.46);
    }
}
