using System.Runtime.InteropServices;

namespace IotGateway.Telemetry.Wire.Records;

/// <summary>Base fields in force (RFC 8428 §4.1): each holds from the record that names it until one names it again.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SenmlBases
{
    /// <summary>The version of SenML that RFC 8428 defines; nothing newer is understood.</summary>
    public const int Version = 10;

    /// <summary>Times below this many seconds, 2^28, are counted from now (§4.5.3).</summary>
    public const double LeastAbsolute = 1 << 28;

    private const double Earliest = -62_000_000_000;
    private const double Latest = 253_000_000_000;

    private int _version;

    /// <summary>Seconds, added to a record's time.</summary>
    public double Time { get; set; }

    /// <summary>Unit of records without one.</summary>
    public string? Unit { get; set; }

    /// <summary>Value that is added to each record's; null where none was named.</summary>
    public double? Value { get; set; }

    /// <summary>True once a sum was named: every record then has one.</summary>
    public bool HasSum { get; set; }

    /// <summary>Seconds since 1970 at which the gateway received the record; null where that was not named. Our own extension.</summary>
    public double? Received { get; set; }

    /// <summary>True of a version that this program understands.</summary>
    public static bool IsUnderstood(double version) => version is >= 1 and <= Version && version == Math.Floor(version);

    /// <summary>Takes a version that a record names; false when it is another than that of the records before it.</summary>
    public bool IsVersion(double version)
    {
        var same = _version == 0 || _version == (int)version;
        _version = (int)version;
        return same;
    }

    /// <summary>Notes that a record ended: what names no version has the default one.</summary>
    public void EndRecord()
    {
        if (_version == 0)
            _version = Version;
    }

    /// <summary>A record's time, and when it was received; null where the time is none that can be, or is counted from nothing.</summary>
    /// <param name="time">The record's own time, in seconds.</param>
    /// <param name="now">The time that relative ones are counted from where no record says when it was received.</param>
    public readonly (DateTimeOffset Time, DateTimeOffset Received)? Resolve(double time, DateTimeOffset? now)
    {
        var sum = Time + time;
        var from = Received ?? (now is { } n ? n.ToUnixTimeMilliseconds() / 1000.0 : null);

        // A gateway whose clock was never set writes the times of that clock, both below the least absolute one.
        var absolute = sum >= LeastAbsolute || Received < LeastAbsolute ? sum : from + sum;
        var received = from ?? absolute;
        return absolute is > Earliest and < Latest && received is > Earliest and < Latest
            ? (Seconds(absolute.Value), Seconds(received.Value))
            : null;
    }

    private static DateTimeOffset Seconds(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
}
