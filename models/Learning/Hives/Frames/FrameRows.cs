using System.Globalization;
using IotGateway.Learning.Data;
using IotGateway.Learning.Hives.Nest;
using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Learnt;
using IotGateway.Tables;

namespace IotGateway.Learning.Hives.Frames;

/// <summary>Visit to a hive with the one before it and the sensors between.</summary>
/// <param name="Last">Frames of bees at the visit before.</param>
/// <param name="Hour">The visit's hour.</param>
/// <param name="Example">What was known as the hive was opened, and the frames of bees then; its group is the hive.</param>
internal sealed record FrameRow(double Last, int Hour, Example Example);

/// <summary>Visits to the hives of UrBAN 2021 whose frames of bees were counted.</summary>
/// <param name="Usable">Those with a visit before and three days of sensors, in the table's order.</param>
/// <param name="SetAside">The others, by reason.</param>
internal sealed record FrameRows(IReadOnlyList<FrameRow> Usable, IReadOnlyList<(string Reason, int Count)> SetAside)
{
    private const int MostFrames = 120;

    public static readonly string[] Features = [.. FrameFeatures.Names];

    /// <summary>Sets of features to choose from, by their columns.</summary>
    public static readonly int[][] Sets = [[1], [1, 2], [1, 3], [0, 2, 3], [1, 4], [1, 5], [1, 2, 4, 5], [1, 2, 4, 5, 6, 7]];

    /// <summary>The sensors' alone, without a visit.</summary>
    public static readonly int[][] SensorSets = [[4], [5], [4, 5, 6, 7]];

    public static FrameRows Read(NestHours nests) => Of(DataFiles.Read(DataFiles.Visits), nests);

    /// <summary>The rows of a table of visits; what cannot be used is set aside with its reason.</summary>
    public static FrameRows Of(Table visits, NestHours nests)
    {
        var usable = new List<FrameRow>();
        var aside = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var hive in visits.Rows.GroupBy(r => r.Text("hive")))
        {
            (double Frames, int Boxes)? last = null;
            foreach (var visit in hive.OrderBy(r => r.Text("begin"), StringComparer.Ordinal))
            {
                var counted = visit.Maybe("frames_of_bees");
                if (counted is not (>= 0 and <= MostFrames))
                {
                    Set(counted is null ? "visits without frames of bees" : $"visits with frames outside 0 to {MostFrames}");
                    continue;
                }

                var hour = NestHours.IndexOf(BeginOf(visit));
                var sensors = nests.Hives.FirstOrDefault(n => n.Hive == hive.Key) is { } nest
                    ? NestWeek.Before(nest.Temperature, nests.Outside, hour) : null;
                if (last is null)
                    Set("first visits");
                else if (sensors is null)
                    Set("visits with less than three days of sensors in the week before");
                else
                    usable.Add(RowOf(visit, counted.Value, last.Value, sensors.Value, hour));
                last = (counted.Value, visit.Whole("boxes"));
            }
        }

        return new(usable, [.. aside.Select(a => (a.Key, a.Value))]);

        void Set(string reason) => aside[reason] = aside.GetValueOrDefault(reason) + 1;
    }

    private static FrameRow RowOf(TableRow visit, double frames, (double Frames, int Boxes) last, NestWeek sensors, int hour)
    {
        var features = FrameFeatures.Of(last.Frames, last.Boxes, visit.Whole("boxes"), sensors);
        return new(last.Frames, hour, new(visit.Text("hive"), features, frames));
    }

    private static DateTime BeginOf(TableRow visit) =>
        DateTime.TryParseExact(visit.Text("begin"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var begin)
            ? begin
            : throw visit.Refused("begin", "a time like 2021-06-22T20:30:00Z");
}
