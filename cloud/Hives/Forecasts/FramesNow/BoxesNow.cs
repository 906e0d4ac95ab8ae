using IotGateway.Cloud.Hives.Visits;

namespace IotGateway.Cloud.Hives.Forecasts.FramesNow;

/// <summary>
/// Boxes on a hive now, as visits left it. Boxes that a visit found tell nothing of those set on at it: with them the learnt model is no
/// better than the last count, so a visit counts that also says what was set on or taken off.
/// </summary>
internal static class BoxesNow
{
    /// <summary>The boxes; null where the last visit that tells of boxes does not say what was done with them.</summary>
    public static int? Of(IReadOnlyList<VisitVersion> own, DateTimeOffset asOf) =>
        VisitBook.KnownOf(own, asOf).Select(v => v.Visit).LastOrDefault(v => v.Boxes is not null) is { Equipment: not null } visit
            ? visit.Boxes
            : null;

    /// <summary>Boxes that a visit found before its work; null where it does not tell.</summary>
    public static int? FoundAt(Visit visit) => visit.Boxes - visit.Equipment?.BoxesAdded + visit.Equipment?.BoxesRemoved;
}
