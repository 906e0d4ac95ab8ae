using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Settings;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Fleet;

/// <summary>
/// The settings that the cloud may change, each with its range: the one list. The ranges are those of the configuration's own options.
/// </summary>
internal static class RemoteSettings
{
    /// <summary>Unknown names that are told one by one: a shadow holds 8 KB, and a report that does not fit is refused whole.</summary>
    private const int MaxUnknown = 10;

    private static readonly Setting[] All =
    [
        new("backlogShare", ForwardingOptions.Shares, IsWhole: false, t => t.BacklogShare, (t, v) => t with { BacklogShare = v }),
        new("window", ForwardingOptions.Windows, IsWhole: true, t => t.Window, (t, v) => t with { Window = (int)v }),
        new(
            "publishesPerSecond", ForwardingOptions.PublishRates, IsWhole: true, t => t.PublishesPerSecond,
            (t, v) => t with { PublishesPerSecond = (int)v }),
        new(
            "bytesPerSecond", ForwardingOptions.ByteRates, IsWhole: true, t => t.BytesPerSecond,
            (t, v) => t with { BytesPerSecond = (int)v }),
        new(
            "statusSeconds", ForwardingOptions.StatusPeriods, IsWhole: true, t => t.StatusSeconds,
            (t, v) => t with { StatusSeconds = (int)v }),
        new("warnShare", ThresholdOptions.WarnShares, IsWhole: false, t => t.WarnShare, (t, v) => t with { WarnShare = v }),
        new(
            "futureSeconds", ThresholdOptions.FutureRange, IsWhole: true, t => t.FutureSeconds,
            (t, v) => t with { FutureSeconds = (int)v }),
        new(
            "duplicateFrames", ThresholdOptions.DuplicateRange, IsWhole: true, t => t.DuplicateFrames,
            (t, v) => t with { DuplicateFrames = (int)v }),
    ];

    private sealed record Setting(string Name, ValueRange Range, bool IsWhole, Func<Tuning, double> Get, Func<Tuning, double, Tuning> With);

    /// <summary>The values of a tuning, by the settings' names.</summary>
    public static SortedDictionary<string, double> Values(Tuning tuning) => new(
        All.ToDictionary(s => s.Name, s => s.Get(tuning)), StringComparer.Ordinal);

    /// <summary>
    /// Applies what is desired: a setting that is not named goes back to its configured value, a wrong value leaves it as it is.
    /// </summary>
    /// <returns>The new tuning, and what was not applied with the reason.</returns>
    public static (Tuning Tuning, SortedDictionary<string, string> Rejected) Apply(JsonObject desired, Tuning configured, Tuning now)
    {
        var rejected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var tuning = configured;
        foreach (var setting in All)
        {
            if (!desired.TryGetPropertyValue(setting.Name, out var value))
                continue;
            if (value is JsonValue json && json.TryGetValue<double>(out var number) && setting.Range.Holds(number)
                && (!setting.IsWhole || number == Math.Truncate(number)))
            {
                tuning = setting.With(tuning, number);
                continue;
            }

            tuning = setting.With(tuning, setting.Get(now));
            rejected[setting.Name] = string.Create(
                CultureInfo.InvariantCulture, $"is {Shown(value)}; expected {(setting.IsWhole ? "a whole number, " : "")}{setting.Range}");
        }

        var unknown = desired.Select(d => d.Key).Where(name => !Array.Exists(All, s => s.Name == name)).ToList();
        foreach (var name in unknown.Take(MaxUnknown))
            rejected[name.Length > 40 ? name[..40] : name] = $"is no setting; expected one of {string.Join(", ", All.Select(s => s.Name))}";
        if (unknown.Count > MaxUnknown)
            rejected["more"] = string.Create(CultureInfo.InvariantCulture, $"names that are no setting: {unknown.Count - MaxUnknown}");
        return (tuning, rejected);
    }

    private static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;
    }
}
