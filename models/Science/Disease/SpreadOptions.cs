namespace IotGateway.Science.Disease;

/// <summary>Seed and threads of a scenario.</summary>
public sealed record SpreadOptions
{
    /// <summary>Seed: the same seed gives the same scenario on any number of threads. The default value is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 to 1024. The default value is the number of cores.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 1024);
}
