namespace IotGateway.Science.Disease.Varroa;

/// <summary>
/// Varroa between apiaries: mites grow in each, are carried to others by drift and robbing in proportion to colonies and mites there and to
/// the distance, and go where colonies are moved. The event is that the mean of an apiary's colonies reaches
/// <see cref="VarroaParameters.Threshold"/> mites per 100 bees.
/// </summary>
public static class VarroaScenario
{
    private const double Week = 7;

    /// <summary>Load at which a colony is lost and bears no more mites: nothing grows beyond it, mites per 100 bees.</summary>
    private const double MostLoad = 100;

    /// <summary>Runs the scenario.</summary>
    /// <param name="apiaries">1 to <see cref="SpreadScenario.MostApiaries"/>, each id once.</param>
    /// <param name="moves">Colonies that people take from one to another.</param>
    /// <param name="against">What is done; <see cref="Countermeasure.None"/> for nothing.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="cancellation">Gives the scenario up.</param>
    /// <exception cref="InputException">A value is outside its range, or a treatment's efficacy is not known here.</exception>
    public static SpreadScenario Run(
        IReadOnlyList<PlacedApiary> apiaries, IReadOnlyList<WeeklyMove> moves, Countermeasure against, SpreadOptions options,
        CancellationToken cancellation = default)
    {
        var field = new SpreadField(apiaries, moves);
        if (against.Treatment is { } treatment && VarroaTreatments.Find(treatment) is null)
            throw new InputException("treatment", treatment, $"one of {string.Join(", ", VarroaTreatments.All.Select(t => t.Name))}");
        return SpreadEnsemble.Run(field, options, key => World(field, against, key), cancellation);
    }

    private static MemberRun World(SpreadField field, Countermeasure against, ulong world)
    {
        var growth = At(world, VarroaParameters.Growth);
        var loads = new StartLoads(field, growth, world);
        var carried = Carried(field, world);
        var left = against.Treatment is { } treatment ? StartLoads.Left(world, treatment) : 1;
        var (week, half) = (Math.Exp(Week * growth), Math.Exp(Week / 2 * growth));
        var (now, next) = (new double[field.Keys.Length], new double[field.Keys.Length]);
        return (run, reached) =>
        {
            for (var i = 0; i < now.Length; i++)
            {
                now[i] = loads.Draw(i, run) * (against.Treats(field.Apiaries[i].Id) ? left : 1);
                reached[i] = byte.MaxValue;
            }

            for (byte w = 1; w <= SpreadEnsemble.LastWeek; w++)
            {
                Step(field, carried, week, half, now, next);
                if (!against.Standstill)
                    Move(field, next);
                for (var i = 0; i < now.Length; i++)
                {
                    if (next[i] >= VarroaParameters.Threshold && reached[i] == byte.MaxValue)
                        reached[i] = w;
                }

                (now, next) = (next, now);
            }
        };
    }

    /// <summary>Load that a week carries over each link for each mite per 100 bees at its other end.</summary>
    private static double[] Carried(SpreadField field, ulong world)
    {
        // Mites that come into a colony become mites per 100 of its bees, of those that sit on bees.
        var beside = Week * At(world, VarroaParameters.Transfer) / At(world, VarroaParameters.DonorLoad)
            * 100 * At(world, VarroaParameters.OnBees) / At(world, VarroaParameters.Bees);
        var (near, reach) = (field.Near, At(world, VarroaParameters.Reach));
        var carried = new double[near.From.Length];
        for (var l = 0; l < carried.Length; l++)
        {
            var far = near.Kilometres[l] / reach;
            carried[l] = beside * field.Apiaries[near.From[l]].Colonies * Math.Exp(-far * far);
        }

        return carried;
    }

    private static void Step(SpreadField field, double[] carried, double week, double half, double[] now, double[] next)
    {
        var near = field.Near;
        for (var i = 0; i < now.Length; i++)
        {
            var came = 0.0;
            for (var l = near.First[i]; l < near.First[i + 1]; l++)
                came += carried[l] * now[near.From[l]];
            next[i] = Math.Min(MostLoad, (now[i] * week) + (came * half));
        }
    }

    /// <summary>Moved colonies bring the load of where they were, in their share of the colonies that are there then.</summary>
    private static void Move(SpreadField field, double[] loads)
    {
        foreach (var (from, to, perWeek) in field.Moves)
            loads[to] += perWeek / (field.Apiaries[to].Colonies + perWeek) * (loads[from] - loads[to]);
    }

    private static double At(ulong world, Parameter parameter) =>
        parameter.At(DrawKey.Uniform(DrawKey.Of(world, DrawKey.Of(parameter.Name))));
}
