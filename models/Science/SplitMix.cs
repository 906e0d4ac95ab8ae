namespace IotGateway.Science;

/// <summary>
/// Uniform numbers from a key by SplitMix64 (Steele, Lea and Flood 2014). Unlike System.Random it promises the same numbers on every
/// version of .NET.
/// </summary>
internal struct SplitMix(ulong key)
{
    private ulong _state = key;

    /// <summary>The next number, 0 ≤ x &lt; 1, in steps of 2⁻⁵³.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
