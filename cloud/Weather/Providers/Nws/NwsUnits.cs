using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace IotGateway.Cloud.Weather.Providers.Nws;

/// <summary>
/// NWS's quantitative values: a number, its <c>unitCode</c> (with the prefix unit: or wmoUnit:) and a flag of quality control.
/// </summary>
internal static class NwsUnits
{
    private const double KilometresAMile = 1.609344;

    private static readonly FrozenDictionary<string, (string To, Func<double, double> Convert)> Units =
        new Dictionary<string, (string, Func<double, double>)>
        {
            ["degC"] = ("°C", v => v),
            ["degF"] = ("°C", v => (v - 32) / 1.8),
            ["K"] = ("°C", v => v - 273.15),
            ["percent"] = ("%", v => v),
            ["km_h-1"] = ("km/h", v => v),
            ["m_s-1"] = ("km/h", v => v * 3.6),
            ["degree_(angle)"] = ("°", v => v),
            ["Pa"] = ("hPa", v => v / 100),
            ["hPa"] = ("hPa", v => v),
            ["mm"] = ("mm", v => v),
            ["m"] = ("m", v => v),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// A value in the unit asked for; null when it is null, missing, or failed MADIS quality control (X rejected, Q questioned, B bad).
    /// </summary>
    public static double? Value(JsonAnswer json, JsonElement of, string name, string unit)
    {
        if (!of.TryGetProperty(name, out var quantity) || quantity.ValueKind == JsonValueKind.Null)
            return null;
        if (quantity.ValueKind != JsonValueKind.Object)
            throw json.Fail(WeatherFault.WrongShape, $"'{name}' is {quantity.ValueKind}; expected a value with its unitCode");
        if (json.Maybe(quantity, "value") is not { } value || IsRejected(quantity))
            return null;

        var code = json.Text(quantity, "unitCode");
        var bare = code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!Units.TryGetValue(bare, out var known) || (known.To != unit && (known.To, unit) != ("m", "mm")))
            throw json.Fail(WeatherFault.WrongUnit, $"'{name}' is in '{JsonAnswer.Shown(code)}'; expected a unit of {unit}");
        return Math.Round(known.Convert(value) * (known.To == unit ? 1 : 1000), 3);
    }

    /// <summary>A speed written as "10 mph", "10 to 15 mph" (the greater counts) or "16 km/h", km/h.</summary>
    public static double? Speed(JsonAnswer json, JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var speed) || speed.ValueKind == JsonValueKind.Null)
            return null;
        if (speed.ValueKind == JsonValueKind.Object)
            return Value(json, of, name, "km/h");

        var text = json.Text(of, name);
        var words = text.Split(' ');
        if (words.Length < 2 || !double.TryParse(words[^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw json.Fail(WeatherFault.WrongShape, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected a form like '10 mph'");
        return words[^1] switch
        {
            "mph" => Math.Round(value * KilometresAMile, 3),
            "km/h" => value,
            _ => throw json.Fail(WeatherFault.WrongUnit, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected mph or km/h"),
        };
    }

    /// <summary>A point of the compass (N, NNE, NE …) in degrees; null when it is empty or null.</summary>
    public static double? Direction(JsonAnswer json, JsonElement of, string name)
    {
        string[] points = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
        if (!of.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
            return null;
        var text = json.Text(of, name);
        return text.Length == 0 ? null
            : Array.IndexOf(points, text) is >= 0 and var i ? i * 22.5
            : throw json.Fail(WeatherFault.WrongShape, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected a point of the compass");
    }

    private static bool IsRejected(JsonElement quantity) =>
        quantity.TryGetProperty("qualityControl", out var flag) && flag.ValueKind == JsonValueKind.String
            && flag.GetString() is "qc:X" or "qc:Q" or "qc:B";
}
