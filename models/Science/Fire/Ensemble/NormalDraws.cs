namespace IotGateway.Science.Fire.Ensemble;

/// <summary>
/// Standard normal numbers from a key, by SplitMix64 and Box and Muller. Unlike System.Random it promises the
/// same numbers on every version of .NET.
/// </summary>
internal struct NormalDraws(ulong key)
{
    private ulong _state = key;

    public double Next()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    private double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
