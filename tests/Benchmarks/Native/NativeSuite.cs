using IotGateway.Benchmarks.Measures;

namespace IotGateway.Benchmarks.Native;

/// <summary>
/// The native edge beside the ordinary one in the same run: size, memory, start and the processor time of frames. It publishes both, which
/// takes minutes.
/// </summary>
internal static class NativeSuite
{
    public static async Task<IReadOnlyList<Ratio>> RunAsync(bool quick)
    {
        var (rounds, frames) = quick ? (1, 3_000) : (3, 30_000);
        var folder = Directory.CreateTempSubdirectory("native-edge-");
        try
        {
            var ordinary = EdgeProgram.Ordinary(Path.Combine(folder.FullName, "ordinary"));
            var native = EdgeProgram.Native(Path.Combine(folder.FullName, "native"));
            var (ours, peers) = (new List<EdgeRun>(), new List<EdgeRun>());
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await EdgeRun.OfAsync(native, frames));
                peers.Add(await EdgeRun.OfAsync(ordinary, frames));
            }

            Ratio Median(string what, string unit, double bar, Func<EdgeRun, double> figure) => new(
                what, Rounds.Median([.. ours.Select(figure)]), "the ordinary build", Rounds.Median([.. peers.Select(figure)]), unit, bar,
                LessIsBetter: true);
            return
            [
                new Ratio(
                    "size on disk", native.Megabytes, "the ordinary build with its runtime", ordinary.Megabytes, "MB", 2,
                    LessIsBetter: true),
                Median("start, to the page's first answer", "s", 1.5, r => r.StartSeconds),
                Median("processor time to start", "s", 2, r => r.StartProcessor),
                Median("resident memory, idle", "MB", 1.2, r => r.IdleMegabytes),
                Median($"processor time of {frames:N0} frames", "s", 1, r => r.FramesProcessor),
                Median("resident memory after them", "MB", 1.2, r => r.FullMegabytes),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
