using System.CommandLine.Parsing;
using System.Globalization;

namespace IotGateway.Analyst;

/// <summary>Numbers of the command line, with a decimal point whatever the machine's language: "3,5" is an error, not 35.</summary>
internal static class CommandNumbers
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>One number.</summary>
    public static double Parse(ArgumentResult given)
    {
        var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            return value;
        given.AddError($"'{text}' cannot be read; expected a number with a decimal point.");
        return 0;
    }

    /// <summary>One number, for an option that may be left out.</summary>
    public static double? ParseOptional(ArgumentResult given) => Parse(given);
}
