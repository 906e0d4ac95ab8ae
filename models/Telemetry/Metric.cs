using System.Buffers;

namespace IotGateway.Telemetry;

/// <summary>A metric: its unit, its meaning and the range in which its values can be real.</summary>
/// <param name="Name">Lower-case letters, digits and <c>_</c>, the first a letter or digit, at most 48 characters.</param>
/// <param name="Unit">SenML unit name, empty for none.</param>
/// <param name="Min">The least value that can be real; below it a reading is flagged.</param>
/// <param name="Max">The greatest value that can be real; above it a reading is flagged.</param>
/// <param name="Resolution">The smallest step worth showing or sending, in <paramref name="Unit"/>.</param>
/// <param name="Meaning">What is measured, in a few plain words.</param>
/// <param name="Family">Which metrics it is kept with: one of <see cref="MetricFamily"/>.</param>
public sealed record Metric(string Name, string Unit, double Min, double Max, double Resolution, string Meaning, string Family)
{
    /// <summary>The greatest length of a metric's name, in characters.</summary>
    public const int MaxNameLength = 48;

    /// <summary>True where a text has the form of a metric's name.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && text[0] != '_' && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
}
