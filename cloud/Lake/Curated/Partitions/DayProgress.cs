using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>
/// Progress in the raw objects of one day of arrival: each is named in a manifest of every partition it has readings for, as a source or
/// as held. It only saves work: a raw object taken again changes nothing.
/// </summary>
/// <param name="Taken">Their keys, without the day's prefix.</param>
/// <param name="Unreadable">What in them could not be read.</param>
internal sealed record DayProgress(IReadOnlyList<string> Taken, IReadOnlyList<UnreadablePart> Unreadable)
{
    public const string Root = Partition.Root + "_progress/";

    /// <summary>Entries of what cannot be read that a day keeps.</summary>
    private const int MostUnreadable = 200;

    public static DayProgress None { get; } = new([], []);

    public static string KeyOf(DateOnly received) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}received={received:yyyy-MM-dd}.json");

    /// <summary>The progress with more objects taken.</summary>
    public DayProgress With(IEnumerable<string> taken, IEnumerable<UnreadablePart> unreadable) => new(
        [.. Taken.Union(taken, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        [
            .. Unreadable.Union(unreadable).Take(MostUnreadable)
                .OrderBy(u => u.Object, StringComparer.Ordinal)
                .ThenBy(u => u.Detail, StringComparer.Ordinal),
        ]);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CuratedJson.Default.DayProgress);

    /// <summary>Reads a day's; none when there is none or it is damaged, so that all is taken again.</summary>
    public static async Task<DayProgress> ReadAsync(IObjectStore store, DateOnly received, CancellationToken cancellation)
    {
        if (await store.GetAsync(KeyOf(received), cancellation) is not { } json)
            return None;
        try
        {
            return JsonSerializer.Deserialize(json, CuratedJson.Default.DayProgress) is { Taken: not null, Unreadable: not null } progress
                && progress.Taken.All(t => t is not null) && progress.Unreadable.All(u => u is { Object: not null })
                ? progress
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}

/// <summary>A part of a raw object that could not be read; the rest of it was taken.</summary>
/// <param name="Object">The object's key.</param>
/// <param name="Reason">One word.</param>
/// <param name="Detail">What is wrong, and where.</param>
internal sealed record UnreadablePart(string Object, string Reason, string Detail);
