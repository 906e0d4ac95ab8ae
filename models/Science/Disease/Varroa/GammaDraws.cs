namespace IotGateway.Science.Disease.Varroa;

/// <summary>Numbers of a gamma distribution from a key (Marsaglia and Tsang 2000, ACM Trans. Math. Softw. 26:363).</summary>
internal static class GammaDraws
{
    /// <param name="key">Of the draw.</param>
    /// <param name="shape">Above 0.</param>
    /// <returns>A number of the gamma distribution with that shape and scale 1.</returns>
    public static double Next(ulong key, double shape)
    {
        if (shape < 1)
            return Next(DrawKey.Of(key, 2), shape + 1) * Math.Pow(DrawKey.Uniform(DrawKey.Of(key, 3)), 1 / shape);
        var (normal, uniform) = (new NormalDraws(key), new SplitMix(DrawKey.Of(key, 1)));
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = normal.Next();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - uniform.Next()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
