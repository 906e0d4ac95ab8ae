namespace IotGateway.Cloud.Sites;

/// <summary>Beginning of a date by a zone's clocks.</summary>
internal static class Midnight
{
    /// <summary>The first moment of a date, UTC: where clocks leap over midnight, the moment they leap to.</summary>
    public static DateTimeOffset Of(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
