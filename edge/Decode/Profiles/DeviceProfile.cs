using System.Collections.Frozen;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Profiles;

/// <summary>Meaning of one of a codec's fields on one kind of device.</summary>
/// <param name="Path">The codec's name for it.</param>
/// <param name="Metric">The metric it is.</param>
/// <param name="Unit">The unit it is in, a SenML unit name; empty for none.</param>
/// <param name="Part">Name of the sub-device that measures it, such as the number of a scale; empty for the device itself.</param>
/// <param name="SpecifiedTo">The greatest value that the sensor's maker specifies; what lies above is flagged. The default value is no
/// limit.</param>
internal sealed record ProfileField(
    string Path, string Metric, string Unit, string Part = "", double SpecifiedTo = double.PositiveInfinity)
{
    /// <summary>Values by which its sensors say that they have none (<see cref="ChipWords"/>).</summary>
    public IReadOnlyList<double> NoValue { get; init; } = [];
}

/// <summary>
/// Description of one kind of device: the codec that reads its payload, and the meaning of those fields whose path is not their metric's
/// name or whose sensor has a limit or a word for "no value". Any other field is the metric of its path, in that metric's unit.
/// </summary>
internal sealed class DeviceProfile(string name, Codec codec, IReadOnlyList<ProfileField> fields)
{
    private readonly FrozenDictionary<string, ProfileField> _fields = fields.ToFrozenDictionary(f => f.Path, StringComparer.Ordinal);

    /// <summary>Its name in the configuration (<c>Devices:N:Profile</c>).</summary>
    public string Name => name;

    /// <summary>Reads a payload of such a device.</summary>
    /// <exception cref="RefusedException">The codec does not know it.</exception>
    public IReadOnlyList<Sample> Read(int fPort, ReadOnlySpan<byte> payload)
    {
        var decoded = codec.Read(fPort, payload);
        var samples = new Sample[decoded.Count];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = new Sample(decoded[i].Time, Values(decoded[i].Fields));
        return samples;
    }

    private Measured[] Values(IReadOnlyList<Field> fields)
    {
        var values = new Measured[fields.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Meaning(fields[i]);
        return values;
    }

    private Measured Meaning(Field field)
    {
        if (_fields.TryGetValue(field.Path, out var known))
            return new Measured(
                known.Metric, ChipWords.Says(known.NoValue, field.Value) ? double.NaN : field.Value, known.Unit, known.Part,
                known.SpecifiedTo);
        if (!Metric.IsName(field.Path))
            throw new RefusedException(
                "bad_path", $"The codec {codec.Name} names a value '{field.Path}'; expected the form of a metric's name.");
        return new Measured(field.Path, field.Value, Metrics.Find(field.Path)?.Unit ?? "");
    }
}
