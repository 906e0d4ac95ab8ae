namespace IotGateway.FirmwareSim.Options;

/// <summary>An option has a value that only proves wrong when it is used; the message names option, value and expectation.</summary>
internal sealed class OptionException(string option, string? value, string expectation)
    : Exception($"{option}: '{value}' cannot be used; expected {expectation}.");
