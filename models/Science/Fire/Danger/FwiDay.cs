using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Danger;

/// <summary>The outputs of the FWI System for one day at one place. All are without unit.</summary>
/// <param name="Codes">The moisture codes, which the next day starts from.</param>
/// <param name="Isi">Initial Spread Index.</param>
/// <param name="Bui">Buildup Index.</param>
/// <param name="Fwi">Fire Weather Index.</param>
/// <param name="Dsr">Daily Severity Rating.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FwiDay(FwiCodes Codes, double Isi, double Bui, double Fwi, double Dsr);
