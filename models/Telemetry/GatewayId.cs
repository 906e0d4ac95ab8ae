namespace IotGateway.Telemetry;

/// <summary>
/// The rule for a gateway's name. The name is its certificate's common name, its MQTT client id and a level of its topics, so it
/// holds only what all three allow: 1 to 64 letters, digits, <c>-</c> and <c>_</c> (an AWS IoT thing name is a superset).
/// </summary>
public static class GatewayId
{
    /// <summary>The greatest length, in characters; an X.509 common name holds no more.</summary>
    public const int MaxLength = 64;

    /// <summary>True where <paramref name="name"/> may name a gateway.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
