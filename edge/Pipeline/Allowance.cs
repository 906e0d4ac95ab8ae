namespace IotGateway.Edge.Pipeline;

/// <summary>
/// Bound of what the quarantine keeps in a day, of one device, for one reason, and of all: a flood wears the card, costs a sync a message,
/// and its first messages say what its thousandth does. By the monotonic clock, so that a clock that is set gives nobody a new day.
/// </summary>
internal sealed class Allowance(TimeProvider time)
{
    /// <summary>Messages kept of one device in a day; of a message that does not tell, of its topic.</summary>
    public const int OfDevice = 10;

    /// <summary>Messages kept for one reason in a day, so that one fault hides no other.</summary>
    public const int OfReason = 100;

    /// <summary>Messages kept in a day, without those of devices that a profile covers.</summary>
    public const int OfAll = 500;

    /// <summary>Frames kept in a day of one device that a profile covers: they can be read once the profile is right.</summary>
    public const int OfOwnDevice = 100;

    /// <summary>Frames kept in a day of all such devices, whatever the reason: no foreign device takes their share.</summary>
    public const int OfOwn = 2000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<(string Device, bool Own), int> _devices = [];
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private long _began = time.GetTimestamp();
    private int _all;
    private int _own;

    /// <summary>Takes one message's share; false when there is none left today.</summary>
    /// <param name="device">The device, or what stands for it.</param>
    /// <param name="reason">The reason's name.</param>
    /// <param name="own">Whether a profile covers the device.</param>
    public bool Take(string device, string reason, bool own)
    {
        if (time.GetElapsedTime(_began) >= Day)
        {
            _began = time.GetTimestamp();
            (_all, _own) = (0, 0);
            _devices.Clear();
            _reasons.Clear();
        }

        var (ofDevice, ofReason) = (_devices.GetValueOrDefault((device, own)), _reasons.GetValueOrDefault(reason));
        if (own ? _own >= OfOwn || ofDevice >= OfOwnDevice : _all >= OfAll || ofDevice >= OfDevice || ofReason >= OfReason)
            return false;
        _devices[(device, own)] = ofDevice + 1;
        if (own)
        {
            _own++;
            return true;
        }

        _all++;
        _reasons[reason] = ofReason + 1;
        return true;
    }
}
