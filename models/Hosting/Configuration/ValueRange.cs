using System.Globalization;

namespace IotGateway.Hosting.Configuration;

/// <summary>The range of a number that is configured, both ends included.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
public readonly record struct ValueRange(double Least, double Most)
{
    /// <summary>True when a value lies in the range; a NaN does not.</summary>
    public bool Holds(double value) => value >= Least && value <= Most;

    /// <summary>The range as messages have it, such as <c>1 to 65535</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Least} to {Most}");
}
