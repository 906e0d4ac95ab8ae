namespace IotGateway.FirmwareSim.Nodes;

/// <summary>
/// A reproducible stream of random numbers (SplitMix64), keyed by seed, purpose, node and index, so that what one node draws does
/// not depend on which other nodes take part.
/// </summary>
internal struct Draws
{
    private ulong _state;

    private Draws(ulong state) => _state = state;

    public static Draws For(int seed, string purpose, string node, long index = 0)
    {
        var key = Fnv(Fnv(14695981039346656037UL, purpose), node);
        var draws = new Draws(key ^ (ulong)seed * 0x9E3779B97F4A7C15UL ^ (ulong)index * 0xD1B54A32D192ED03UL);
        _ = draws.NextUInt64(); // one round apart, so that neighbouring indices do not start alike
        return draws;
    }

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to but not including 1.</summary>
    public double NextUnit() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public double Between(double least, double most) => least + (NextUnit() * (most - least));

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both possible.</summary>
    public int Whole(int least, int most) => least + (int)(NextUnit() * (most - least + 1));

    /// <summary>
    /// Nearly normal with mean 0 and the given standard deviation: the sum of four uniform draws, never beyond 3.5 deviations.
    /// </summary>
    public double Noise(double standardDeviation) =>
        (NextUnit() + NextUnit() + NextUnit() + NextUnit() - 2) * 1.7320508075688772 * standardDeviation;

    /// <summary>A random (version 4) UUID.</summary>
    public Guid NextUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextUInt64());
        BitConverter.TryWriteBytes(bytes[8..], NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Fnv(ulong hash, string text)
    {
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return (hash ^ 0xFF) * 1099511628211UL;
    }
}
