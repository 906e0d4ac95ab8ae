namespace IotGateway.Science.Disease.Varroa;

/// <summary>
/// Mites per 100 bees of an apiary's colonies at the beginning of a run, drawn: a counted colony's from its wash (a count k among b bees
/// leaves a gamma distribution of k + ½ over b, Jeffreys) with growth and treatments since; another one's is that of a counted colony of
/// the apiary or, where none was counted, of colonies elsewhere.
/// </summary>
internal sealed class StartLoads
{
    private readonly SpreadField _field;
    private readonly double[][] _since;

    /// <param name="field">The apiaries.</param>
    /// <param name="growthPerDay">Of the world.</param>
    /// <param name="world">Key of the world, from which efficacies are drawn.</param>
    public StartLoads(SpreadField field, double growthPerDay, ulong world)
    {
        _field = field;
        _since =
        [
            .. field.Apiaries.Select(a => a.Washes
                .Select(w => Math.Exp(growthPerDay * w.AgeDays) * w.TreatedSince.Aggregate(1.0, (left, t) => left * Left(world, t)))
                .ToArray()),
        ];
    }

    /// <summary>Share of mites that a treatment leaves in a world; less under a treatment by name than under none.</summary>
    public static double Left(ulong world, string treatment) =>
        1 - (VarroaTreatments.Find(treatment) ?? VarroaTreatments.Unknown).At(DrawKey.Uniform(DrawKey.Of(world, DrawKey.Of(treatment))));

    /// <summary>Mean load of an apiary's colonies in a run.</summary>
    public double Draw(int apiary, ulong run)
    {
        var key = DrawKey.Of(run, _field.Keys[apiary]);
        var (colonies, washes) = (_field.Apiaries[apiary].Colonies, _field.Apiaries[apiary].Washes);
        if (washes.Count == 0)
            return Elsewhere(DrawKey.Uniform(key));
        Span<double> counted = stackalloc double[Math.Min(washes.Count, MostDrawn)];
        var sum = 0.0;
        for (var i = 0; i < counted.Length; i++)
        {
            counted[i] = 100 * GammaDraws.Next(DrawKey.Of(key, (ulong)i + 1), washes[i].Mites + 0.5) / washes[i].Bees * _since[apiary][i];
            sum += counted[i];
        }

        // Of an apiary of hundreds a hundred colonies tell the mean well enough.
        var others = Math.Min(colonies, MostDrawn) - counted.Length;
        for (var i = 0; i < others; i++)
            sum += counted[(int)(DrawKey.Uniform(DrawKey.Of(key, MostDrawn + (ulong)i + 1)) * counted.Length)];
        return sum / (counted.Length + others);
    }

    private const int MostDrawn = 100;

    private static double Elsewhere(double uniform)
    {
        var table = VarroaParameters.Unmeasured;
        var at = uniform * (table.Length - 1);
        var below = Math.Min((int)at, table.Length - 2);
        return table[below] + ((at - below) * (table[below + 1] - table[below]));
    }
}
