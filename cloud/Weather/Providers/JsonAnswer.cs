using System.Globalization;
using System.Text.Json;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>
/// An answer's JSON. What is needed is read strictly: whatever is not as expected becomes a failure that says where and what. A value that
/// others can do without is left out, counted and named.
/// </summary>
internal sealed class JsonAnswer : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };
    private readonly JsonDocument _document;
    private readonly string _provider;
    private readonly string _place;

    private JsonAnswer(string provider, string place, JsonDocument document, Plausible plausible) =>
        (_provider, _place, _document, Plausible) = (provider, place, document, plausible);

    public JsonElement Root => _document.RootElement;

    /// <summary>Count and names of values that were left out.</summary>
    public Plausible Plausible { get; }

    public static JsonAnswer Read(string provider, string place, ReadOnlyMemory<byte> bytes, Plausible? plausible = null)
    {
        try
        {
            var answered = new JsonAnswer(provider, place, JsonDocument.Parse(bytes, Strict), plausible ?? new Plausible());
            if (answered.Root.ValueKind == JsonValueKind.Object && IsWhole(answered.Root))
                return answered;

            using (answered)
                throw answered.Fail(
                    WeatherFault.WrongShape, answered.Root.ValueKind == JsonValueKind.Object
                        ? "a name or text holds half a character; expected whole ones"
                        : $"the answer is {answered.Root.ValueKind}; expected an object");
        }
        catch (JsonException e)
        {
            var first = bytes.Span.TrimStart(" \t\r\n\uFEFF"u8);
            var what = first.StartsWith("<"u8)
                ? "HTML or XML"
                : first.IsEmpty
                ? "nothing"
                : string.Create(
                    CultureInfo.InvariantCulture, $"{bytes.Length} bytes that end or break off JSON in line {e.LineNumber + 1}");
            throw new WeatherException(
                new WeatherFailure(provider, place, WeatherFault.NotJson, $"the answer is {what}; expected JSON"), e);
        }
    }

    public WeatherException Fail(WeatherFault fault, string detail) => new(new WeatherFailure(_provider, _place, fault, detail));

    /// <summary>Failure of an answer without the value that is needed most: for what was not understood, where that is why.</summary>
    public WeatherException FailEmpty(string detail) =>
        Plausible.Unknown is { } unknown ? Fail(unknown.Fault, unknown.Detail) : Fail(WeatherFault.NoData, detail);

    /// <summary>A member that must be there.</summary>
    public JsonElement Get(JsonElement of, string name, JsonValueKind kind)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var found))
            throw Fail(WeatherFault.WrongShape, $"'{name}' is missing; expected {kind}");
        return found.ValueKind == kind ? found : throw Fail(WeatherFault.WrongShape, $"'{name}' is {found.ValueKind}; expected {kind}");
    }

    public string Text(JsonElement of, string name) => Get(of, name, JsonValueKind.String).GetString()!;

    /// <summary>A number that must be there.</summary>
    public double Number(JsonElement of, string name) => Finite(Get(of, name, JsonValueKind.Number), name);

    /// <summary>A latitude in degrees: beyond ±90 there is no place, and its distance from one is no number.</summary>
    public double Latitude(JsonElement value) => Degrees(value, "latitude", 90);

    /// <summary>A longitude in degrees, within ±180.</summary>
    public double Longitude(JsonElement value) => Degrees(value, "longitude", 180);

    /// <summary>A number, null when it is null or missing.</summary>
    public double? Maybe(JsonElement of, string name) => of.TryGetProperty(name, out var found) ? Nullable(found, name) : null;

    /// <summary>A number or null.</summary>
    public double? Nullable(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => Finite(value, name),
        _ => throw Fail(WeatherFault.WrongShape, $"'{name}' holds {value.ValueKind}; expected a number or null"),
    };

    /// <summary>A value that an hour can do without: what cannot be read is left out and named.</summary>
    public T? Optional<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (WeatherException e)
        {
            Plausible.LeaveOut(e.Failure.Fault, e.Failure.Detail);
            return default;
        }
    }

    /// <summary>An array of numbers and nulls as long as the times.</summary>
    public double?[] Column(JsonElement of, string name, int length)
    {
        var array = Get(of, name, JsonValueKind.Array);
        if (array.GetArrayLength() != length)
            throw Fail(WeatherFault.WrongShape, $"'{name}' has {array.GetArrayLength()} values for {length} times; expected as many");
        return [.. array.EnumerateArray().Select(v => Nullable(v, name))];
    }

    /// <summary>A time with its offset, as RFC 3339 has it, in UTC.</summary>
    public DateTimeOffset Time(JsonElement of, string name)
    {
        var text = Text(of, name);
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && HasOffset(text) && IsOurs(time)
            ? time.ToUniversalTime()
            : throw Fail(WeatherFault.WrongShape, $"'{name}' is '{Shown(text)}'; expected a time with its offset");
    }

    /// <summary>True for a time that can be one of weather; what is far from it leads out of what a time can hold.</summary>
    public static bool IsOurs(DateTimeOffset time) => time.Year is >= 1800 and < 2200;

    public static string Shown(string text) => text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "…") : text;

    public void Dispose() => _document.Dispose();

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);

    /// <summary>True where no name and no text holds half a character: that is JSON, and reading it, or a name past it, throws.</summary>
    private static bool IsWhole(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name.Length >= 0 && IsWhole(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsWhole),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private double Degrees(JsonElement value, string name, double most) => Nullable(value, name) is { } degrees && Math.Abs(degrees) <= most
        ? degrees
        : throw Fail(WeatherFault.WrongShape, $"'{name}' holds {Shown(value.GetRawText())}; expected -{most} to {most} degrees");

    private double Finite(JsonElement value, string name) => value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Fail(WeatherFault.WrongShape, $"'{name}' holds {Shown(value.GetRawText())}; expected a finite number");
}
