namespace IotGateway.Science.Hive.Colony.Drawing;

/// <summary>Uniform and standard normal numbers from a key, by <see cref="SplitMix"/> and the pairs of Box and Muller (1958).</summary>
/// <param name="key">Key of the draws.</param>
/// <param name="stream">
/// Which of the streams of a key; key and stream are mixed, as a key and the next of <see cref="SplitMix"/> can be one stream shifted.
/// </param>
internal struct Noise(ulong key, ulong stream = 0)
{
    private SplitMix _uniform = new(((key * 0xD1342543DE82EF95) ^ (key >> 31) ^ (stream * 0xDA942042E4DD58B5)) * 0xAEF17502108EF2D9);
    private double _second = double.NaN;

    /// <summary>The next number, 0 ≤ x &lt; 1.</summary>
    public double Uniform() => _uniform.Next();

    /// <summary>The next number of mean 0 and standard deviation 1.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_second))
        {
            var kept = _second;
            _second = double.NaN;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - _uniform.Next()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * _uniform.Next());
        _second = radius * sine;
        return radius * cosine;
    }
}
