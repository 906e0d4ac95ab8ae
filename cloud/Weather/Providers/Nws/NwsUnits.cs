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
    private const double KilometresAKnot = 1.852;

    private static readonly FrozenDictionary<string, (string To, Func<double, double> Convert)> Units =
        new Dictionary<string, (string, Func<double, double>)>
        {
            ["degC"] = ("°C", v => v),
            ["degF"] = ("°C", v => (v - 32) / 1.8),
            ["K"] = ("°C", v => v - 273.15),
            ["Cel"] = ("°C", v => v),
            ["percent"] = ("%", v => v),
            ["km_h-1"] = ("km/h", v => v),
            ["m_s-1"] = ("km/h", v => v * 3.6),
            ["kt"] = ("km/h", v => v * KilometresAKnot),
            ["mi_h-1"] = ("km/h", v => v * KilometresAMile),
            ["degree_(angle)"] = ("°", v => v),
            ["degree_(ang)"] = ("°", v => v),
            ["degrees_true"] = ("°", v => v),
            ["Pa"] = ("hPa", v => v / 100),
            ["hPa"] = ("hPa", v => v),
            ["mbar"] = ("hPa", v => v),
            ["mm"] = ("mm", v => v),
            ["m"] = ("m", v => v),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Flags of MADIS quality control, as the API has them since 2021; before, each stood behind "qc:".</summary>
    private static readonly FrozenDictionary<string, bool> Flags = new Dictionary<string, bool>
    {
        ["Z"] = true, // preliminary, no check
        ["C"] = true, // coarse pass
        ["S"] = true, // screened
        ["V"] = true, // verified
        ["G"] = true, // subjective good
        ["T"] = true, // virtual temperature not computable, the air's passed all checks
        ["X"] = false, // rejected
        ["Q"] = false, // questioned
        ["B"] = false, // subjective bad
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A value in the unit asked for; null when it is null, missing, failed quality control or bears a flag that is not known.
    /// </summary>
    /// <exception cref="WeatherException">It is no quantity, or in a unit that is not known.</exception>
    public static double? Value(JsonAnswer json, JsonElement of, string name, string unit)
    {
        if (!of.TryGetProperty(name, out var quantity) || quantity.ValueKind == JsonValueKind.Null)
            return null;
        if (quantity.ValueKind != JsonValueKind.Object)
            throw json.Fail(WeatherFault.WrongShape, $"'{name}' is {quantity.ValueKind}; expected a value with its unitCode");
        if (json.Maybe(quantity, "value") is not { } value || !IsGood(json, quantity, name))
            return null;

        var code = json.Text(quantity, "unitCode");
        if (!Units.TryGetValue(Bare(code), out var known) || (known.To != unit && (known.To, unit) != ("m", "mm")))
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
        if (text.Length == 0)
            return null;
        var words = text.Split(' ');
        if (words.Length < 2 || !double.TryParse(words[^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw json.Fail(WeatherFault.WrongShape, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected a form like '10 mph'");
        return words[^1] switch
        {
            "mph" => Math.Round(value * KilometresAMile, 3),
            "km/h" => value,
            "kt" => Math.Round(value * KilometresAKnot, 3),
            "m/s" => Math.Round(value * 3.6, 3),
            _ => throw json.Fail(WeatherFault.WrongUnit, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected mph, km/h, kt or m/s"),
        };
    }

    /// <summary>A point of the compass (N, NNE, NE …) in degrees; null when it is empty, null, or variable.</summary>
    public static double? Direction(JsonAnswer json, JsonElement of, string name)
    {
        string[] points = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
        if (!of.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
            return null;
        if (found.ValueKind == JsonValueKind.Object)
            return Value(json, of, name, "°");
        var text = json.Text(of, name);
        return text is "" or "VRB" or "CALM" ? null
            : Array.IndexOf(points, text) is >= 0 and var i ? i * 22.5
            : throw json.Fail(WeatherFault.WrongShape, $"'{name}' is '{JsonAnswer.Shown(text)}'; expected a point of the compass");
    }

    private static bool IsGood(JsonAnswer json, JsonElement quantity, string name)
    {
        if (!quantity.TryGetProperty("qualityControl", out var flag) || flag.ValueKind == JsonValueKind.Null)
            return true;
        var word = flag.ValueKind == JsonValueKind.String ? json.Text(quantity, "qualityControl") : flag.GetRawText();
        if (word.Length == 0)
            return true;
        if (Flags.TryGetValue(Bare(word), out var good))
        {
            if (!good)
                json.Plausible.LeaveOut();
            return good;
        }

        json.Plausible.LeaveOut(
            WeatherFault.WrongShape,
            $"'{name}' has the quality flag '{JsonAnswer.Shown(word)}'; expected one of {string.Join(", ", Flags.Keys)}");
        return false;
    }

    /// <summary>A code without the name of its list, which has changed before: degC of unit:degC, wmoUnit:degC, …/unit/degC.</summary>
    private static string Bare(string code) => code[(code.LastIndexOfAny([':', '/']) + 1)..].Trim();
}
