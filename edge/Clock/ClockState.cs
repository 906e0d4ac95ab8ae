namespace IotGateway.Edge.Clock;

/// <summary>State of the gateway's time, for the status page.</summary>
/// <param name="State"><c>synchronised</c>, <c>unsynchronised</c> or <c>unknown</c> (the system cannot say), as on the wire.</param>
/// <param name="By">Who told the time: <c>ntp</c>, <c>system</c>, <c>source</c> or <c>nobody</c>.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Known">Whether readings can be timed rightly: the time was known at some point of this run of the machine.</param>
/// <param name="MaxErrorSeconds">The kernel's bound of the clock's error; null when unknown.</param>
/// <param name="Jumps">Steps of the system's clock seen since the start.</param>
/// <param name="LastJumpSeconds">The newest, forward positive; null before one.</param>
/// <param name="CorrectionSeconds">What was added to the times of readings from before the time was known; null when nothing was put
/// right.</param>
/// <param name="Retimed">Readings whose time was put right since the start.</param>
/// <param name="SentUnsure">Readings that went out as estimated since the start.</param>
/// <param name="Impossible">Times of the trusted source that cannot be, since the start; they were not believed.</param>
internal sealed record ClockState(
    string State, string By, DateTimeOffset Since, bool Known, double? MaxErrorSeconds, long Jumps, double? LastJumpSeconds,
    double? CorrectionSeconds,
    long Retimed, long SentUnsure, long Impossible);
