namespace IotGateway.Science.Fire.Ensemble;

/// <summary>Size, seed, threads and uncertainty of an ensemble.</summary>
public sealed record EnsembleOptions
{
    /// <summary>Number of members, 1 to 65535. The default value is 100.</summary>
    public int Members { get; init; } = 100;

    /// <summary>Seed: the same seed gives the same ensemble on any number of threads. The default value is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 to 1024. The default value is the number of cores.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 1024);

    /// <summary>Standard deviations by which the forecast may be off.</summary>
    public Uncertainty Uncertainty { get; init; } = new();

    /// <summary>Refuses options that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Check.Within(Members, 1, ushort.MaxValue, "members");
        Check.Within(Threads, 1, 1024, "threads");
        Uncertainty.Validate();
    }
}
