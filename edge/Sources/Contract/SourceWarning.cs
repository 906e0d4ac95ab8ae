using System.Text.Json.Serialization;

namespace IotGateway.Edge.Sources.Contract;

/// <summary>A loss, or the danger of one, that a source knows of and did not cause.</summary>
/// <param name="Text">What happens and what to do about it.</param>
/// <param name="Times">How often it was seen since the start.</param>
/// <param name="LastAt">When it was seen last.</param>
/// <param name="Timestamp">The same moment by the monotonic clock.</param>
internal sealed record SourceWarning(string Text, long Times, DateTimeOffset LastAt, [property: JsonIgnore] long Timestamp)
{
    /// <summary>Time for which a warning stands as a problem after it was seen last.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromHours(24);
}
