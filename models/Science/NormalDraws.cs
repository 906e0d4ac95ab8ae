namespace IotGateway.Science;

/// <summary>Standard normal numbers from a key, by Box and Muller over <see cref="SplitMix"/>.</summary>
internal struct NormalDraws(ulong key)
{
    private SplitMix _uniform = new(key);

    public double Next()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _uniform.Next()));
        return radius * Math.Cos(2 * Math.PI * _uniform.Next());
    }
}
