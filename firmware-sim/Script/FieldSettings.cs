namespace IotGateway.FirmwareSim.Script;

/// <summary>Seed and shares on which the drawn part of the field depends. The shares are from 0 to 1.</summary>
/// <param name="Lost">Of the frames sent.</param>
/// <param name="Duplicate">Of the frames received: heard by two gateways.</param>
/// <param name="Bad">Bad messages per frame sent.</param>
internal sealed record FieldSettings(int Seed, double Lost, double Duplicate, double Bad);
