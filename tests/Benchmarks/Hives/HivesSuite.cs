using IotGateway.Benchmarks.Measures;

namespace IotGateway.Benchmarks.Hives;

/// <summary>Forecasts of hives, against the cost of what they are made from.</summary>
internal static class HivesSuite
{
    public static IReadOnlyList<Ratio> Run(bool quick) => [.. NestOutlooks.Run(quick), .. ColonyFilters.Run(quick)];
}
