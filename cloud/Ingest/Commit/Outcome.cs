namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>Kinds of ends that a received message can come to.</summary>
internal enum OutcomeKind
{
    /// <summary>It is durable here; the sender may forget it.</summary>
    Accepted,

    /// <summary>It will never be taken; sending it again changes nothing.</summary>
    Refused,

    /// <summary>It could not be stored by this process; the sender keeps it and sends it again.</summary>
    TryAgain,
}

/// <summary>
/// End of a received message, in the house's own words: broker, queue and HTTP each translate it into what their senders understand.
/// </summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">Why it was refused, from a small fixed set; null otherwise.</param>
internal readonly record struct Outcome(OutcomeKind Kind, string? Reason = null)
{
    /// <summary>It was published where its sender may not; MQTT has a code of its own for that.</summary>
    public const string ForbiddenTopic = "forbidden_topic";

    public static Outcome Accepted { get; } = new(OutcomeKind.Accepted);

    public static Outcome TryAgain { get; } = new(OutcomeKind.TryAgain);

    public static Outcome Refused(string reason) => new(OutcomeKind.Refused, reason);
}
