using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace IotGateway.Science;

/// <summary>
/// The gate in front of the equations. Each comparison is written so that NaN fails it; the throw
/// stands apart so that the check itself is inlined.
/// </summary>
internal static class Check
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Within(double value, double low, double high, string input)
    {
        if (!(value >= low && value <= high))
            Refuse(input, value, low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RelativeHumidity(double percent)
    {
        if (!(percent > 0 && percent <= 100))
            throw new InputException("relative humidity (%)", percent, "above 0 and at most 100");
    }

    public static void Temperature(double celsius) => Within(celsius, -60, 60, "temperature (°C)");

    public static void Wind(double kilometresPerHour) => Within(kilometresPerHour, 0, 300, "wind speed (km/h)");

    public static void Rain(double millimetres) => Within(millimetres, 0, 2000, "rain (mm)");

    public static void Month(int month) => Within(month, 1, 12, "month");

    public static void Latitude(double degrees) => Within(degrees, -90, 90, "latitude (degrees)");

    [DoesNotReturn]
    private static void Refuse(string input, double value, double low, double high) =>
        throw new InputException(input, value, string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}"));
}
