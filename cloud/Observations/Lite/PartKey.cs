namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// Key of a device's observations of one UTC day: the device's number, the day, and 0 for the day or 1 to 24 for one of its hours.
/// Numbers sort by device, then time, and LiteDB compares them several times faster than text.
/// </summary>
internal readonly record struct PartKey(long Value)
{
    private const int SlotBits = 5;
    private const int DayBits = 22;

    public static PartKey OfDay(int device, DateTimeOffset time) =>
        new(((long)device << (SlotBits + DayBits)) | (time.UtcTicks / TimeSpan.TicksPerDay << SlotBits));

    public int Device => (int)(Value >> (SlotBits + DayBits));

    public bool IsDay => (Value & ((1 << SlotBits) - 1)) == 0;

    /// <summary>Beginning of its day.</summary>
    public DateTimeOffset Day => new((Value >> SlotBits & ((1 << DayBits) - 1)) * TimeSpan.TicksPerDay, TimeSpan.Zero);

    /// <summary>The key of one of the day's hours, 0 to 23.</summary>
    public PartKey Hour(int hour) => new((Value >> SlotBits << SlotBits) + hour + 1);

    /// <summary>The last key of the same day.</summary>
    public PartKey EndOfDay => new(Value | ((1 << SlotBits) - 1));

    /// <summary>The first and the last key that a device can have.</summary>
    public static (long First, long Last) All(int device) =>
        ((long)device << (SlotBits + DayBits), ((long)(device + 1) << (SlotBits + DayBits)) - 1);
}
