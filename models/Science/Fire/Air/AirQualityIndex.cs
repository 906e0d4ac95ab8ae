namespace IotGateway.Science.Fire.Air;

/// <summary>Air Quality Index of fine particles (PM2.5) by the breakpoints of the US EPA of 2024.</summary>
public static class AirQualityIndex
{
    /// <summary>The breakpoints, µg/m³ as a 24-hour mean, with the index at either end (40 CFR 58 App. G, 2024).</summary>
    private static readonly (double Low, double High, int From, int To)[] Breakpoints =
    [
        (0.0, 9.0, 0, 50),
        (9.1, 35.4, 51, 100),
        (35.5, 55.4, 101, 150),
        (55.5, 125.4, 151, 200),
        (125.5, 225.4, 201, 300),
        (225.5, 325.4, 301, 500),
    ];

    /// <summary>The index, 0 to 500; what lies above 325.4 µg/m³ is 500.</summary>
    /// <param name="microgramsPerCubicMetre">24-hour mean of PM2.5, 0 to 100000 µg/m³, cut to one decimal as the rule asks.</param>
    /// <exception cref="InputException">The concentration is outside its range.</exception>
    public static int OfFineParticles(double microgramsPerCubicMetre)
    {
        Check.Within(microgramsPerCubicMetre, 0, 100_000, "PM2.5 (µg/m³)");
        // The tiny term undoes binary fractions: 35.4 must not be cut to 35.3.
        var cut = Math.Floor(microgramsPerCubicMetre * 10 + 1e-6) / 10;
        foreach (var (low, high, from, to) in Breakpoints)
        {
            if (cut <= high)
                return (int)Math.Round((to - from) / (high - low) * (cut - low) + from, MidpointRounding.AwayFromZero);
        }

        return 500;
    }
}
