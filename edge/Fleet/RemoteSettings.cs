using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Forwarding;
using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Fleet;

/// <summary>What may be set from afar, each with its range: the one list. The ranges are those of the configuration's own options.</summary>
internal static class RemoteSettings
{
    /// <summary>Unknown names that are told one by one: a shadow holds 8 KB, and a report that does not fit is refused whole.</summary>
    private const int MaxUnknown = 10;

    private static readonly Setting[] All =
    [
        Of<ForwardingOptions>(nameof(ForwardingOptions.BacklogShare), t => t.BacklogShare, (t, v) => t with { BacklogShare = v }),
        Of<ForwardingOptions>(nameof(ForwardingOptions.Window), t => t.Window, (t, v) => t with { Window = (int)v }),
        Of<ForwardingOptions>(nameof(ForwardingOptions.PublishesPerSecond), t => t.PublishesPerSecond, (t, v) => t with { PublishesPerSecond = (int)v }),
        Of<ForwardingOptions>(nameof(ForwardingOptions.BytesPerSecond), t => t.BytesPerSecond, (t, v) => t with { BytesPerSecond = (int)v }),
        Of<ForwardingOptions>(nameof(ForwardingOptions.StatusSeconds), t => t.StatusSeconds, (t, v) => t with { StatusSeconds = (int)v }),
        Of<ThresholdOptions>(nameof(ThresholdOptions.WarnShare), t => t.WarnShare, (t, v) => t with { WarnShare = v }),
        Of<ThresholdOptions>(nameof(ThresholdOptions.FutureSeconds), t => t.FutureSeconds, (t, v) => t with { FutureSeconds = (int)v }),
        Of<ThresholdOptions>(nameof(ThresholdOptions.DuplicateFrames), t => t.DuplicateFrames, (t, v) => t with { DuplicateFrames = (int)v }),
    ];

    private sealed record Setting(string Name, double Least, double Most, bool IsWhole, Func<Tuning, double> Get, Func<Tuning, double, Tuning> With);

    /// <summary>The values of a tuning, by the settings' names.</summary>
    public static SortedDictionary<string, double> Values(Tuning tuning) => new(All.ToDictionary(s => s.Name, s => s.Get(tuning)), StringComparer.Ordinal);

    /// <summary>Applies what is desired: a setting that is not named goes back to its configured value, a wrong value leaves it as it is.</summary>
    /// <returns>The new tuning, and what was not applied with the reason.</returns>
    public static (Tuning Tuning, SortedDictionary<string, string> Rejected) Apply(JsonObject desired, Tuning configured, Tuning now)
    {
        var rejected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var tuning = configured;
        foreach (var setting in All)
        {
            if (!desired.TryGetPropertyValue(setting.Name, out var value))
                continue;
            if (value is JsonValue json && json.TryGetValue<double>(out var number) && number >= setting.Least && number <= setting.Most
                && (!setting.IsWhole || number == Math.Truncate(number)))
            {
                tuning = setting.With(tuning, number);
                continue;
            }

            tuning = setting.With(tuning, setting.Get(now));
            rejected[setting.Name] = string.Create(
                CultureInfo.InvariantCulture, $"is {Shown(value)}; expected {(setting.IsWhole ? "a whole number, " : "")}{setting.Least} to {setting.Most}");
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

    private static Setting Of<TOptions>(string option, Func<Tuning, double> get, Func<Tuning, double, Tuning> with)
    {
        var property = typeof(TOptions).GetProperty(option)!;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        return new Setting(
            JsonNamingPolicy.CamelCase.ConvertName(option), Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture), property.PropertyType == typeof(int), get, with);
    }
}
