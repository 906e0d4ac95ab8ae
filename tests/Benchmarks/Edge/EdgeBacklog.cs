using System.Diagnostics;
using System.Globalization;
using IotGateway.Benchmarks.Measures;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Benchmarks.Edge;

/// <summary>A long backlog: how soon a fresh process has it open, and in how much memory it drains it.</summary>
internal static class EdgeBacklog
{
    private const string ChildFolder = "IOTGATEWAY_BENCHMARK_BACKLOG";
    private const string Uplink = "cloud";

    public static bool IsChild => Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 };

    public static void Run(string root, bool quick, List<Ratio> ratios)
    {
        var readings = quick ? 1_000_000 : 10_000_000;
        var folder = Path.Combine(root, "backlog");
        using (var store = new BufferStore(folder))
            Fill(store, readings / EdgeSuite.ReadingsABatch);
        var (opened, peak, rate) = Child(folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"backlog of {readings:N0} readings{(quick ? " (the full run takes 10 million)" : "")}: a fresh process with the edge's own "
                + $"runtime settings opened it in {opened:0} ms and drained {rate:N0} readings/s, peak {peak:0} MB"));
        ratios.Add(new($"open a backlog of {readings / 1_000_000} M readings", opened, "limit", 500, "ms", 1, LessIsBetter: true));
        ratios.Add(new($"peak memory, open and drain {readings / 1_000_000} M", peak, "limit", 150, "MB", 1, LessIsBetter: true));
    }

    private static (double Opened, double Peak, double Rate) Child(string folder)
    {
        // As the product runs: with the settings that its own build wrote.
        var settings = Path.Combine(AppContext.BaseDirectory, "IotGateway.Edge.runtimeconfig.json");
        var start = new ProcessStartInfo(DotnetHost(), ["exec", "--runtimeconfig", settings, typeof(EdgeBacklog).Assembly.Location, "edge"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[ChildFolder] = folder;
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadToEnd().Split('\n').First(l => l.StartsWith("backlog ", StringComparison.Ordinal)).Split(' ');
        child.WaitForExit();
        return (Number(line[1]), Number(line[2]), Number(line[3]));
    }

    public static IReadOnlyList<Ratio> RunChild()
    {
        var start = Stopwatch.GetTimestamp();
        var options = new BufferOptions { Directory = Environment.GetEnvironmentVariable(ChildFolder)!, MaxBytes = 64L << 30 };
        var buffer = BatchBuffer.Open(options, [Uplink], TimeProvider.System, NullLogger.Instance);
        var opened = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var readings = 0L;
        while (buffer.Read(Uplink, 1, 64, 4 << 20) is { Count: > 0 } read)
        {
            readings += read.Sum(b => (long)b.Readings);
            _ = buffer.AcknowledgeAsync(Uplink, read[0].Sequence, read[^1].Sequence, CancellationToken.None);
        }

        ((IAsyncResult)buffer.FlushAsync(CancellationToken.None)).AsyncWaitHandle.WaitOne();
        var rate = readings / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"backlog {opened.TotalMilliseconds} {PeakMegabytes()} {rate}"));
        return [];
    }

    public static string DotnetHost() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static void Fill(BufferStore store, int batches)
    {
        var payloads = Enumerable.Range(0, 64).Select(EdgeSuite.Payload).ToArray();
        for (var done = 0; done < batches; done += payloads.Length)
        {
            var appends = payloads.Take(Math.Min(payloads.Length, batches - done))
                .Select(p => store.Buffer.AppendAsync(p, EdgeSuite.ReadingsABatch, BatchKind.Ordinary, CancellationToken.None));
            ((IAsyncResult)Task.WhenAll(appends)).AsyncWaitHandle.WaitOne();
        }
    }

    /// <summary>The most memory this process has had, in MB.</summary>
    public static double PeakMegabytes() =>
        File.Exists("/proc/self/status")
            ? Number(
                File.ReadLines("/proc/self/status")
                    .First(l => l.StartsWith("VmHWM", StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024
            : Environment.WorkingSet / 1048576.0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
