using System.Globalization;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Hives.Pages.Sections;

/// <summary>Visits in words, as a page shows them.</summary>
internal static class VisitWords
{
    /// <summary>Findings of a visit, in a line; a dash where it wrote nothing of it.</summary>
    public static string Found(Visit v) => Joined(
    [
        v.Boxes is { } boxes ? Shown.Count(boxes, "box", "boxes") : null,
        Frames(v.FramesOfBees, "of bees"),
        Frames(v.FramesOfBrood, "of brood"),
        Frames(v.FramesOfHoney, "of honey"),
        v.Queen switch
        {
            QueenFound.Right => "queenright",
            QueenFound.NotSeen => "queen not seen",
            QueenFound.Missing => "no queen",
            _ => null,
        },
        v.StoresKilograms is { } stores ? $"{Number(stores)} kg of stores" : null,
        v.MiteWash is { } wash ? $"{Number(100.0 * wash.Mites / wash.Bees)} mites per 100 bees ({wash.Mites} on {wash.Bees})" : null,
        v.Checklist is { } list ? Items(list) : null,
        v.Disease is { } disease ? (disease == BroodDisease.None ? "no brood disease" : Name(disease)) : null,
        v.Swarm is true ? "swarmed" : null,
        v.Loss is { } loss ? $"lost: {Name(loss.Cause)}" : null,
    ]);

    /// <summary>Work done at a visit, in a line; a dash where nothing was written.</summary>
    public static string Done(Visit v) => Joined(
    [
        v.Treatment is { } t ? $"{Name(t.Means)} {(t.Removed ? "taken out" : "given")}{Some(" (", t.Product, ")")}" : null,
        v.Feeding is { } f ? $"fed{Some(" ", Number(f.Kilograms), " kg")} {Name(f.Food)}" : null,
        v.Harvest is { } h ? $"harvested{Some(" ", Number(h.Kilograms), " kg")}{Some(" ", Number(h.Frames), " frames")}" : null,
        v.Split is { } s ? $"split{Some(" ", Number(s.Frames), " frames")}{Some(" to ", s.To, "")}" : null,
        v.Equipment is { BoxesAdded: > 0 and var added } ? $"{Shown.Count(added, "box", "boxes")} set on" : null,
        v.Equipment is { BoxesRemoved: > 0 and var removed } ? $"{Shown.Count(removed, "box", "boxes")} taken off" : null,
        v.Equipment is { ScaleTared: true } ? "scale tared" : null,
        v.Equipment is { SensorChanged: true } ? "sensor changed" : null,
    ]);

    private static string Items(Checklist list)
    {
        bool?[] items = [list.Brood, list.Bees, list.Queen, list.Food, list.Stressors, list.Space];
        return $"checklist {items.Count(i => i is true)} of {items.Count(i => i is not null)} met";
    }

    private static string? Frames(double? count, string of) => count is { } n ? $"{Number(n)} frames {of}" : null;

    private static string Some(string before, string? text, string after) => text is null ? "" : $"{before}{text}{after}";

    private static string? Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A name of a list as people write it: <c>OxalicAcid</c> is "oxalic acid".</summary>
    private static string Name<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) =>
            char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Joined(IEnumerable<string?> parts)
    {
        var line = string.Join(", ", parts.Where(p => p is not null));
        return line.Length > 0 ? line : "–";
    }
}
