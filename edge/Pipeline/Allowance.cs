namespace IotGateway.Edge.Pipeline;

/// <summary>
/// Bound of what the quarantine keeps in a day, of one device, for one reason, and of all: a flood wears the card, costs a sync a message,
/// and its first messages say what its thousandth does. By the monotonic clock, so that a clock that is set gives nobody a new day.
/// </summary>
internal sealed class Allowance(TimeProvider time)
{
    /// <summary>Messages kept of one device in a day; of a message that does not tell, of its topic.</summary>
    public const int OfDevice = 10;

    /// <summary>Messages kept for one reason in a day: many foreign devices must not hide one of ours that has another fault.</summary>
    public const int OfReason = 100;

    /// <summary>Messages kept in a day.</summary>
    public const int OfAll = 500;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, int> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private long _began = time.GetTimestamp();
    private int _all;

    /// <summary>Takes one message's share; false when there is none left today.</summary>
    public bool Take(string device, string reason)
    {
        if (time.GetElapsedTime(_began) >= Day)
        {
            _began = time.GetTimestamp();
            _all = 0;
            _devices.Clear();
            _reasons.Clear();
        }

        var (ofDevice, ofReason) = (_devices.GetValueOrDefault(device), _reasons.GetValueOrDefault(reason));
        if (_all >= OfAll || ofDevice >= OfDevice || ofReason >= OfReason)
            return false;
        _all++;
        _devices[device] = ofDevice + 1;
        _reasons[reason] = ofReason + 1;
        return true;
    }
}
