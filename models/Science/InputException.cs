using System.Globalization;

namespace IotGateway.Science;

/// <summary>
/// An input outside the range in which the equations hold. Nothing was computed: a figure that rests on an
/// impossible input is worse than none.
/// </summary>
public sealed class InputException : ArgumentException
{
    /// <summary>Names the input, the value it had and the range it should have been in.</summary>
    public InputException(string input, double value, string range)
        : this(input, value.ToString("R", CultureInfo.InvariantCulture), range)
    {
    }

    /// <summary>The same for an input that is not a number, such as a file or a date.</summary>
    public InputException(string input, string value, string range)
        : base($"{input} is {value}; it must be {range}.")
    {
        Input = input;
        Value = value;
        Range = range;
    }

    /// <summary>The input's name with its unit, such as "relative humidity (%)".</summary>
    public string Input { get; }

    /// <summary>The value that was given, as text.</summary>
    public string Value { get; }

    /// <summary>The range that is accepted, in words.</summary>
    public string Range { get; }
}
