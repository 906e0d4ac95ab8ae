using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>
/// Counts what each subscriber's session has not acknowledged, and holds the publisher back when one has too much or when there is
/// none. MQTTnet's own count is of what is not yet written to the socket: of no use for a client that reads but does not acknowledge.
/// </summary>
/// <remarks>A QoS 0 subscription counts what is not yet written to the socket, and starts at 0 with each connection.</remarks>
/// <param name="topicRoot">Start of the publisher's topics, with the slash.</param>
/// <param name="time">The clock.</param>
internal sealed class SubscriberQueues(string topicRoot, TimeProvider time)
{
    /// <summary>Messages a session may owe. Small against the 65,535 packet identifiers, large against a round trip.</summary>
    public const int MostOwed = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Obstacle in the publisher's way, in words; null when there is none.</summary>
    public string? Obstacle
    {
        get
        {
            lock (_lock)
                return FindObstacle();
        }
    }

    /// <summary>Completes with the time it took, at once when there is a subscriber and room in every session.</summary>
    public async ValueTask<TimeSpan> WaitForRoomAsync(CancellationToken cancellation)
    {
        long? started = null;
        for (; ; )
        {
            Task changed;
            lock (_lock)
            {
                if (FindObstacle() is null)
                    return started is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
                changed = _changed.Task;
            }

            started ??= time.GetTimestamp();
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>A client is about to be let in.</summary>
    /// <param name="receiveMaximum">What the client is ready to hold unacknowledged; 0 = it did not say.</param>
    public void Connecting(string clientId, bool cleanStart, ushort receiveMaximum)
    {
        lock (_lock)
        {
            if (cleanStart || !_sessions.TryGetValue(clientId, out var session))
                _sessions[clientId] = session = new Session();

            session.OwedAtMostOnce = 0;
            session.Most = receiveMaximum is 0 ? MostOwed : Math.Min(MostOwed, (int)receiveMaximum);
            Signal();
        }
    }

    public void Subscribed(string clientId, MqttTopicFilter filter) =>
        Change(clientId, s => s.Filters[filter.Topic] = filter.QualityOfServiceLevel);

    public void Unsubscribed(string clientId, string filter) => Change(clientId, s => s.Filters.Remove(filter));

    public void Queued(string clientId, string topic) => Change(clientId, s =>
    {
        if (s.AcknowledgesReceiptOf(topic))
            s.Owed++;
        else
            s.OwedAtMostOnce++;
    });

    public void Acknowledged(string clientId) => Change(clientId, s => s.Owed--);

    /// <summary>A QoS 0 message was handed to the connection.</summary>
    public void Written(string clientId) => Change(clientId, s => s.OwedAtMostOnce--);

    public void Deleted(string clientId)
    {
        lock (_lock)
        {
            _sessions.Remove(clientId);
            Signal();
        }
    }

    private void Change(string clientId, Action<Session> change)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(clientId, out var session))
                change(session);
            Signal();
        }
    }

    private string? FindObstacle()
    {
        var subscribers = 0;
        foreach (var (clientId, session) in _sessions)
        {
            if (!session.Filters.Keys.Any(CouldMatchAnEvent))
                continue;

            subscribers++;
            if (session.Owed + session.OwedAtMostOnce >= session.Most)
                return $"'{clientId}' has {session.Owed + session.OwedAtMostOnce} messages to take";
        }

        return subscribers > 0 ? null : $"no subscriber to {topicRoot}…";
    }

    /// <summary>True where a filter reaches into the publisher's topics.</summary>
    private bool CouldMatchAnEvent(string filter) =>
        filter.StartsWith(topicRoot, StringComparison.Ordinal) || filter.StartsWith('#')
            || filter.StartsWith("+/", StringComparison.Ordinal);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Session
    {
        public Dictionary<string, MqttQualityOfServiceLevel> Filters { get; } = new(StringComparer.Ordinal);

        public int Owed { get; set; }

        public int OwedAtMostOnce { get; set; }

        public int Most { get; set; } = MostOwed;

        public bool AcknowledgesReceiptOf(string topic) => Filters.Any(f =>
            f.Value > MqttQualityOfServiceLevel.AtMostOnce
                && MqttTopicFilterComparer.Compare(topic, f.Key) == MqttTopicFilterCompareResult.IsMatch);
    }
}
