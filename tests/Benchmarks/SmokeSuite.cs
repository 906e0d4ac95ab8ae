using System.Text;
using System.Text.Json;

namespace IotGateway.Benchmarks;

/// <summary>Shows the frame at work on one real question: what a batch costs to read against the cost of walking its tokens.</summary>
internal static class SmokeSuite
{
    public static IReadOnlyList<Ratio> Run(bool quick) => [];
}
