namespace IotGateway.Science.Disease;

/// <summary>
/// One run: the week, from 1, by which each apiary's event has come; 0 where it stands from the start, 255 where it never does.
/// </summary>
/// <param name="key">Of the run's draws.</param>
/// <param name="reached">Filled for each apiary.</param>
internal delegate void MemberRun(ulong key, byte[] reached);

/// <summary>
/// Worlds and members of a scenario: a world draws the parameters, its members what chance does under them. The members of a world give a
/// chance, the worlds the interval around it.
/// </summary>
internal static class SpreadEnsemble
{
    /// <summary>Last week that is run.</summary>
    public const int LastWeek = 8;

    private const int Worlds = 40;
    private const int FewestMembers = 5;
    private const int MostMembers = 200;

    /// <summary>Steps over links that a scenario may take, which bounds its time: some seconds on one core.</summary>
    private const long MostSteps = 1_000_000_000;

    /// <summary>Runs all. The result depends on the seed, not on the threads.</summary>
    public static SpreadScenario Run(
        SpreadField field, SpreadOptions options, Func<ulong, MemberRun> world, CancellationToken cancellation)
    {
        Check.Within(options.Threads, 1, 1024, "threads");
        var (count, horizons) = (field.Apiaries.Count, SpreadScenario.Weeks.Count);
        var steps = (long)Worlds * LastWeek * (count + field.Near.From.Length);
        var members = (int)Math.Clamp(MostSteps / steps, FewestMembers, MostMembers);
        var seed = DrawKey.Of(0, (uint)options.Seed);
        var counts = new ushort[Worlds][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, Worlds, parallel, w =>
        {
            var (key, reached, came) = (DrawKey.Of(seed, (ulong)w + 1), new byte[count], new ushort[count * horizons]);
            var run = world(key);
            for (var member = 0; member < members; member++)
            {
                cancellation.ThrowIfCancellationRequested();
                run(DrawKey.Of(key, (ulong)member + 1), reached);
                for (var i = 0; i < came.Length; i++)
                    came[i] += reached[i / horizons] <= SpreadScenario.Weeks[i % horizons] ? (ushort)1 : (ushort)0;
            }

            counts[w] = came;
        });
        return new SpreadScenario([.. Enumerable.Range(0, count).Select(i => Risk(field, i, counts, members))], Worlds, members);
    }

    private static ApiaryRisk Risk(SpreadField field, int apiary, ushort[][] counts, int members)
    {
        var horizons = SpreadScenario.Weeks.Count;
        var chances = new ChanceRange[horizons];
        for (var k = 0; k < horizons; k++)
        {
            var shares = new double[counts.Length];
            for (var w = 0; w < counts.Length; w++)
                shares[w] = (double)counts[w][(apiary * horizons) + k] / members;
            Array.Sort(shares);
            chances[k] = new ChanceRange(shares.Average(), shares[counts.Length / 10], shares[counts.Length - 1 - (counts.Length / 10)]);
        }

        var near = field.Near;
        return new ApiaryRisk(
            field.Apiaries[apiary].Id, near.First[apiary + 1] - near.First[apiary], near.LeftOut[apiary], chances);
    }
}
