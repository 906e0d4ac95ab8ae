namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>State of the way to the cloud.</summary>
/// <param name="Target">Host and port.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Since">Since when it is as it is.</param>
/// <param name="Lasting">How long it has been so, by the monotonic clock.</param>
/// <param name="Unanswered">Messages that wait for the cloud's answer.</param>
/// <param name="SentByLane">Readings sent since the start, by lane.</param>
/// <param name="RateByLane">Readings a second over the last minute, by lane.</param>
/// <param name="SentBytes">Bytes sent since the start, after compression.</param>
/// <param name="LastAnswer">When the cloud last answered; null when it has not.</param>
/// <param name="Refused">Batches the cloud refused since the start.</param>
/// <param name="Denied">Since when and why the broker lets this gateway publish no batches; null when it does.</param>
/// <param name="Unheard">How long messages have waited without any answer from the cloud; zero when none waits.</param>
/// <param name="TakenOver">How often and when last another client took this gateway's name; null when none did for a day.</param>
/// <param name="LastError">The newest failure with its time; null when there was none.</param>
internal sealed record ForwardingState(
    string Target, bool Connected, DateTimeOffset Since, TimeSpan Lasting, int Unanswered, IReadOnlyDictionary<Lane, long> SentByLane,
    IReadOnlyDictionary<Lane, double> RateByLane, long SentBytes, DateTimeOffset? LastAnswer, long Refused, string? Denied,
    TimeSpan Unheard, string? TakenOver, string? LastError);
