namespace IotGateway.Edge.Decode;

/// <summary>Reads one payload; of several samples in it each has a time of its own.</summary>
/// <exception cref="RefusedException">It is none that the codec knows.</exception>
internal delegate IReadOnlyList<Decoded> CodecReader(int fPort, ReadOnlySpan<byte> payload);

/// <summary>The reading of one kind of payload.</summary>
/// <param name="Name">Its name, by which profiles choose it: lower-case letters, digits and <c>-</c>.</param>
/// <param name="Read">Reads a payload.</param>
internal sealed record Codec(string Name, CodecReader Read);

/// <summary>A payload's content at one time, under the codec's own names.</summary>
/// <param name="Time">The device's own time; null when it has no clock.</param>
/// <param name="Fields">What it said, each path once.</param>
internal sealed record Decoded(DateTimeOffset? Time, IReadOnlyList<Field> Fields);

/// <summary>
/// A value under the codec's own name for it, which has the form of a metric's name; NaN where the sensor did not answer.
/// </summary>
internal readonly record struct Field(string Path, double Value);
