using System.Globalization;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Wrong part of a visit: its field, its value, and what was expected.</summary>
internal sealed record VisitFault(string Field, string Value, string Expected);

/// <summary>Check of a visit's content: what no hive can hold and no person can count is refused by the field's name.</summary>
internal static class VisitChecks
{
    private const double MostFrames = 120;
    private const int MostBoxes = 12;
    private const int MostAuthor = 80;
    private const int MostNote = 2_000;

    /// <summary>More on a box than this is a slip of the pen: twelve frames of the widest boxes.</summary>
    private const int FramesPerBox = 12;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A writer's clock may be this far ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <param name="visit">What was written.</param>
    /// <param name="now">The site's time: nobody writes of what is still to come.</param>
    /// <returns>The first fault; null where there is none.</returns>
    public static VisitFault? Find(Visit visit, DateTimeOffset now) =>
        Times(visit, now) ?? Words(visit) ?? Counts(visit) ?? Wash(visit.MiteWash) ?? Work(visit);

    private static VisitFault? Times(Visit v, DateTimeOffset now)
    {
        if (v.Begin > now + Ahead || v.Begin < First)
            return new VisitFault("begin", Text(v.Begin), $"a time from 2000 on and not after the site's, which is {Text(now)}");
        return v.End is { } end && (end <= v.Begin || end - v.Begin > Longest || end > now + Ahead + Visit.UsualLength)
            ? new VisitFault("end", Text(end), $"a time after begin, at most {Longest.TotalHours:0} h later, and not to come")
            : null;
    }

    private static VisitFault? Words(Visit v) =>
        !IsLine(v.Author, MostAuthor) ? new VisitFault("author", v.Author, $"1 to {MostAuthor} characters without line breaks")
        : v.Note is { } note && (note.Length > MostNote || note.Any(c => char.IsControl(c) && c is not '\n' and not '\r' and not '\t'))
            ? new VisitFault("note", note, $"at most {MostNote} characters")
        : v.Treatment?.Product is { } product && !IsLine(product, MostAuthor)
            ? new VisitFault("treatment.product", product, $"1 to {MostAuthor} characters without line breaks")
        : v.Split?.To is { } to && !IsLine(to, MostAuthor) ? new VisitFault("split.to", to, "the name of a hive")
        : null;

    private static VisitFault? Counts(Visit v) =>
        Whole("boxes", v.Boxes, 1, MostBoxes)
        ?? Frames("framesOfBees", v.FramesOfBees, v.Boxes)
        ?? Frames("framesOfBrood", v.FramesOfBrood, v.Boxes)
        ?? Frames("framesOfHoney", v.FramesOfHoney, null)
        ?? Amount("storesKilograms", v.StoresKilograms, 120, orNone: true);

    private static VisitFault? Wash(MiteWash? wash) => wash is null ? null
        : Whole("miteWash.bees", wash.Bees, 1, 2_000) ?? Whole("miteWash.mites", wash.Mites, 0, 5 * wash.Bees);

    private static VisitFault? Work(Visit v) =>
        Amount("feeding.kilograms", v.Feeding?.Kilograms, 50)
        ?? Amount("harvest.kilograms", v.Harvest?.Kilograms, 200)
        ?? Frames("harvest.frames", v.Harvest?.Frames, null)
        ?? Amount("split.frames", v.Split?.Frames, MostFrames)
        ?? Whole("equipment.boxesAdded", v.Equipment?.BoxesAdded, 0, MostBoxes)
        ?? Whole("equipment.boxesRemoved", v.Equipment?.BoxesRemoved, 0, MostBoxes);

    private static VisitFault? Whole(string field, int? value, int least, int most) => value is { } n && (n < least || n > most)
        ? new VisitFault(field, n.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}")
        : null;

    private static VisitFault? Frames(string field, double? value, int? boxes)
    {
        var most = boxes is { } b ? Math.Min(MostFrames, b * FramesPerBox) : MostFrames;
        return value is { } n && !(n >= 0 && n <= most)
            ? new VisitFault(field, Text(n), $"frames from 0 to {Text(most)}{(boxes is null ? "" : ", which the boxes hold")}")
            : null;
    }

    private static VisitFault? Amount(string field, double? value, double most, bool orNone = false) =>
        value is { } n && !((n > 0 || (orNone && n == 0)) && n <= most)
            ? new VisitFault(field, Text(n), $"{(orNone ? "0" : "more than 0")} to {Text(most)}")
            : null;

    private static bool IsLine(string text, int most) =>
        text.Length <= most && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => Web.Parameters.Text(time);
}
