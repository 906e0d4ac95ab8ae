namespace IotGateway.Science.Disease.Foulbrood;

/// <summary>
/// Foulbrood between apiaries, from the cases that are known: diseased colonies infect others beside them and, by robbing and drift, near
/// them, and go where colonies are moved. The event is that an apiary has a diseased colony. Each apiary's chance is a threshold that the
/// pressure on it must reach (Sellke 1983, J. Appl. Prob. 20:390), so that more pressure never comes later.
/// </summary>
public static class FoulbroodScenario
{
    /// <summary>Runs the scenario.</summary>
    /// <param name="kind">Which foulbrood.</param>
    /// <param name="apiaries">1 to <see cref="SpreadScenario.MostApiaries"/>, each id once; at least one with cases.</param>
    /// <param name="moves">Colonies that people take from one to another.</param>
    /// <param name="against">What is done with the cases known; <see cref="Countermeasure.None"/> for nothing.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="cancellation">Gives the scenario up.</param>
    /// <exception cref="InputException">A value is outside its range, there is no case, or the treatment is none of the kind's.</exception>
    public static SpreadScenario Run(
        FoulbroodKind kind, IReadOnlyList<PlacedApiary> apiaries, IReadOnlyList<WeeklyMove> moves, Countermeasure against,
        SpreadOptions options, CancellationToken cancellation = default)
    {
        var field = new SpreadField(apiaries, moves);
        if (apiaries.All(a => a.Cases == 0))
            throw new InputException("cases", 0, "at least one: without a known case there is nothing that could spread");
        if (against.Treatment is { } treatment && kind.Find(treatment) is null)
            throw new InputException("treatment", treatment, $"one of {string.Join(", ", kind.Treatments.Select(t => t.Name))}");
        return SpreadEnsemble.Run(field, options, key => World(kind, field, against, key), cancellation);
    }

    private static MemberRun World(FoulbroodKind kind, SpreadField field, Countermeasure against, ulong world)
    {
        var rate = At(world, kind.Rate);
        var relapse = against.Treatment is { } treatment ? At(world, kind.Find(treatment)!) : 1;
        var carried = Carried(field, rate, At(world, kind.Reach));
        var count = field.Keys.Length;
        var (cases, thresholds, pressure) = (new double[count], new double[count], new double[count]);
        return (run, reached) =>
        {
            for (var i = 0; i < count; i++)
            {
                cases[i] = Left(field, i, DrawKey.Of(run, field.Keys[i]), against.Treats(field.Apiaries[i].Id) ? relapse : 1);
                thresholds[i] = -Math.Log(1 - DrawKey.Uniform(DrawKey.Of(run, field.Keys[i])));
                reached[i] = cases[i] > 0 ? (byte)0 : byte.MaxValue;
            }

            for (byte week = 1; week <= SpreadEnsemble.LastWeek; week++)
            {
                Press(field, carried, cases, pressure);
                if (!against.Standstill)
                    Bring(field, cases, pressure);
                for (var i = 0; i < count; i++)
                {
                    var healthy = field.Apiaries[i].Colonies - cases[i];
                    cases[i] += rate * cases[i] * healthy;
                    thresholds[i] -= pressure[i];
                    if (thresholds[i] <= 0 && reached[i] == byte.MaxValue)
                        (reached[i], cases[i]) = (week, 1);
                    cases[i] = Math.Min(cases[i], field.Apiaries[i].Colonies);
                }
            }
        };
    }

    /// <summary>Cases that a treatment leaves: each one by its own chance, so that less efficacy never leaves fewer.</summary>
    private static double Left(SpreadField field, int apiary, ulong key, double relapse)
    {
        var left = 0;
        for (var c = 0; c < field.Apiaries[apiary].Cases; c++)
            left += DrawKey.Uniform(DrawKey.Of(key, (ulong)c + 1)) < relapse ? 1 : 0;
        return left;
    }

    /// <summary>Pressure of a week over each link for each diseased colony at its other end.</summary>
    private static double[] Carried(SpreadField field, double rate, double reach)
    {
        var near = field.Near;
        var carried = new double[near.From.Length];
        for (var i = 0; i < field.Keys.Length; i++)
        {
            for (var l = near.First[i]; l < near.First[i + 1]; l++)
            {
                var far = near.Kilometres[l] / reach;
                carried[l] = rate * field.Apiaries[i].Colonies * Math.Exp(-far * far);
            }
        }

        return carried;
    }

    private static void Press(SpreadField field, double[] carried, double[] cases, double[] pressure)
    {
        var near = field.Near;
        for (var i = 0; i < pressure.Length; i++)
        {
            pressure[i] = 0;
            for (var l = near.First[i]; l < near.First[i + 1]; l++)
                pressure[i] += carried[l] * cases[near.From[l]];
        }
    }

    /// <summary>A moved colony is diseased as often as the colonies are among which it stood.</summary>
    private static void Bring(SpreadField field, double[] cases, double[] pressure)
    {
        foreach (var (from, to, perWeek) in field.Moves)
            pressure[to] += perWeek * cases[from] / field.Apiaries[from].Colonies;
    }

    private static double At(ulong world, Parameter parameter) =>
        parameter.At(DrawKey.Uniform(DrawKey.Of(world, DrawKey.Of(parameter.Name))));
}
