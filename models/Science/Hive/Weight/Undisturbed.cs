namespace IotGateway.Science.Hive.Weight;

/// <summary>
/// Readings in which the hive stands alone on its scale, without those of work, of a person's weight, of a box half set on.
/// </summary>
internal static class Undisturbed
{
    /// <summary>A sudden change counts once the weight has kept its new level for so long.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(30);

    private const double LevelKilograms = 1;

    /// <param name="readings">Ascending.</param>
    /// <param name="works">Written hours.</param>
    public static List<ScaleReading> Of(ScaleReading[] readings, IReadOnlyList<WorkHours> works)
    {
        var kept = new List<ScaleReading>();
        for (var i = 0; i < readings.Length; i++)
        {
            var now = readings[i];
            if (!SuddenChange.IsWork(now.Time, now.Time, works)
                && (Follows(kept, now, works) || IsSettled(readings, i)))
                kept.Add(now);
        }

        return kept;
    }

    /// <summary>Nothing sudden lies between a reading and the one kept before it.</summary>
    private static bool Follows(List<ScaleReading> kept, ScaleReading now, IReadOnlyList<WorkHours> works) =>
        kept.Count > 0 && (!SuddenChange.Is(kept[^1], now) || SuddenChange.IsWork(kept[^1].Time, now.Time, works));

    /// <summary>The readings of the next half hour, or the next one where there is none in it, stay at the level.</summary>
    private static bool IsSettled(ScaleReading[] readings, int at)
    {
        for (var i = at + 1; i < readings.Length; i++)
        {
            var late = readings[i].Time - readings[at].Time > Settling;
            if (late && i > at + 1)
                return true;
            if (Math.Abs(readings[i].Kilograms - readings[at].Kilograms) > LevelKilograms)
                return false;
            if (late || i == readings.Length - 1)
                return late || readings[i].Time - readings[at].Time >= Settling / 2;
        }

        return false;
    }
}
