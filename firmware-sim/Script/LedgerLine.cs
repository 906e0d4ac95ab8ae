namespace IotGateway.FirmwareSim.Script;

/// <summary>One frame in the ledger.</summary>
/// <param name="Kind"><c>up</c>, <c>lost</c> or <c>bad</c>.</param>
/// <param name="Bad">What is bad about it; only on <c>bad</c>.</param>
/// <param name="FCnt">Absent when the message carries none.</param>
/// <param name="Time">The node's time in the frame, Unix seconds; absent when the message carries none.</param>
/// <param name="Values">By metric, as a receiver reads them; absent when the message carries none that can be read.</param>
internal sealed record LedgerLine(
    string Kind,
    string Eui,
    string? DevAddr,
    uint? FCnt,
    long? Time,
    IReadOnlyDictionary<string, double>? Values,
    string? Bad = null);
