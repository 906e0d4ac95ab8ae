namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// Day-length factors by month and latitude band. North of 30° (DMC) and 20° (DC) they are the tables of
/// FTR 33; the other bands are those in use for the Americas and Australasia (Lawson and Armitage 2008).
/// </summary>
internal static class DayLength
{
    private static ReadOnlySpan<double> DuffNorth => [6.5, 7.5, 9.0, 12.8, 13.9, 13.9, 12.4, 10.9, 9.4, 8.0, 7.0, 6.0];

    private static ReadOnlySpan<double> DuffNorthernTropics => [7.9, 8.4, 8.9, 9.5, 9.9, 10.2, 10.1, 9.7, 9.1, 8.6, 8.1, 7.8];

    private static ReadOnlySpan<double> DuffSouthernTropics => [10.1, 9.6, 9.1, 8.5, 8.1, 7.8, 7.9, 8.3, 8.9, 9.4, 9.9, 10.2];

    private static ReadOnlySpan<double> DuffSouth => [11.5, 10.5, 9.2, 7.9, 6.8, 6.2, 6.5, 7.4, 8.7, 10.0, 11.2, 11.8];

    private static ReadOnlySpan<double> DroughtNorth => [-1.6, -1.6, -1.6, 0.9, 3.8, 5.8, 6.4, 5.0, 2.4, 0.4, -1.6, -1.6];

    private static ReadOnlySpan<double> DroughtSouth => [6.4, 5.0, 2.4, 0.4, -1.6, -1.6, -1.6, -1.6, -1.6, 0.9, 3.8, 5.8];

    /// <summary>Effective day length, hours, for the DMC (FTR 33, table 1).</summary>
    public static double Duff(double latitude, int month) => latitude switch
    {
        > 30 => DuffNorth[month - 1],
        > 10 => DuffNorthernTropics[month - 1],
        > -10 => 9,
        > -30 => DuffSouthernTropics[month - 1],
        _ => DuffSouth[month - 1],
    };

    /// <summary>Seasonal adjustment of evaporation, for the DC (FTR 33, table 2).</summary>
    public static double Drought(double latitude, int month) => latitude switch
    {
        > 20 => DroughtNorth[month - 1],
        > -20 => 1.4,
        _ => DroughtSouth[month - 1],
    };
}
