namespace IotGateway.Science.Disease;

/// <summary>
/// Keys of random draws by what they are of, so that a draw depends on the seed, the world, the member and the apiary alone, and never on
/// the order or number of other draws.
/// </summary>
internal static class DrawKey
{
    public static ulong Of(ulong key, ulong part)
    {
        var mixed = (key ^ (part * 0x9E3779B97F4A7C15)) + 0x632BE59BD9B4E019;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Key of a name, by FNV-1a.</summary>
    public static ulong Of(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in name)
            hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }

    /// <summary>Uniform number of a key, 0 ≤ x &lt; 1.</summary>
    public static double Uniform(ulong key) => new SplitMix(key).Next();
}
