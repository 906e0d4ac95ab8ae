using System.Text.Json;

namespace IotGateway.Telemetry.Wire.Records;

/// <summary>Finds a property's label by its bytes.</summary>
internal static class SenmlLabels
{
    /// <summary>The longest known label; a longer one need not be unescaped to be known for unknown.</summary>
    private const int Longest = 4;

    /// <summary>The label of the property name that <paramref name="json"/> stands on.</summary>
    public static SenmlLabel Of(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
            return Of(json.ValueSpan);

        // Each character takes at most six bytes escaped; of a longer one only its end matters.
        var name = json.GetString()!;
        Span<byte> plain = stackalloc byte[Longest];
        return name.Length <= Longest && System.Text.Ascii.FromUtf16(name, plain, out var length) == System.Buffers.OperationStatus.Done
            ? Of(plain[..length])
            : Unknown(name.EndsWith('_'));
    }

    private static SenmlLabel Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => OfOne(name[0]),
        2 => name[0] == (byte)'b' ? OfBase(name[1]) : OfTwo(name),
        3 when name.SequenceEqual("brt"u8) => SenmlLabel.BaseReceived,
        4 when name.SequenceEqual("bver"u8) => SenmlLabel.BaseVersion,
        _ => Unknown(name is [.., (byte)'_']),
    };

    private static SenmlLabel OfOne(byte name) => name switch
    {
        (byte)'n' => SenmlLabel.Name,
        (byte)'u' => SenmlLabel.Unit,
        (byte)'v' => SenmlLabel.Value,
        (byte)'s' => SenmlLabel.Sum,
        (byte)'t' => SenmlLabel.Time,
        (byte)'q' => SenmlLabel.Quality,
        _ => Unknown(name == (byte)'_'),
    };

    private static SenmlLabel OfBase(byte second) => second switch
    {
        (byte)'n' => SenmlLabel.BaseName,
        (byte)'t' => SenmlLabel.BaseTime,
        (byte)'u' => SenmlLabel.BaseUnit,
        (byte)'v' => SenmlLabel.BaseValue,
        (byte)'s' => SenmlLabel.BaseSum,
        _ => Unknown(second == (byte)'_'),
    };

    private static SenmlLabel OfTwo(ReadOnlySpan<byte> name) => (name[0], name[1]) switch
    {
        ((byte)'v', (byte)'s') => SenmlLabel.Text,
        ((byte)'v', (byte)'b') => SenmlLabel.Boolean,
        ((byte)'v', (byte)'d') => SenmlLabel.Data,
        ((byte)'u', (byte)'t') => SenmlLabel.UpdateTime,
        _ => Unknown(name[1] == (byte)'_'),
    };

    private static SenmlLabel Unknown(bool mustUnderstand) => mustUnderstand ? SenmlLabel.MustUnderstand : SenmlLabel.None;
}
