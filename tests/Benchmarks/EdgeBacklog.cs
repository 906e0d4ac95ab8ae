using System.Diagnostics;
using System.Globalization;
using IotGateway.Edge.Buffer;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Benchmarks;

/// <summary>A long backlog: how soon a fresh process has it open, and in how much memory it drains it.</summary>
internal static class EdgeBacklog
{
    private const string ChildFolder = "IOTGATEWAY_BENCHMARK_BACKLOG";
    private const string Uplink = "cloud";

    /// <summary>16 MiB, in the hexadecimal that the runtime expects.</summary>
    private const string YoungBytes = "0x1000000";

    public static bool IsChild => Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 };

    public static void Run(string root, bool quick, List<Ratio> ratios)
    {
        var readings = quick ? 1_000_000 : 10_000_000;
        var folder = Path.Combine(root, "backlog");
        using (var store = new BufferStore(folder))
            Fill(store, readings / EdgeSuite.ReadingsABatch);
        // The files are kept as they are for the second process by opening a copy: the first drains what it opens.
        var copy = Path.Combine(root, "backlog-copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var asItIs = Child(copy, null);
        Directory.Delete(copy, recursive: true);
        var (opened, peak, rate) = Child(folder, YoungBytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"backlog of {readings:N0} readings{(quick ? " (the full run takes 10 million)" : "")}: a fresh process opened it in {opened:0} ms and drained {rate:N0} readings/s, peak {peak:0} MB, with DOTNET_GCgen0size={YoungBytes}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  without that setting, by which the collector lets garbage pile up to the size of the processor's cache: {asItIs.Opened:0} ms, {asItIs.Rate:N0} readings/s, peak {asItIs.Peak:0} MB"));
        ratios.Add(new($"open a backlog of {readings / 1_000_000} M readings", opened, "limit", 500, "ms", 1, LessIsBetter: true));
        ratios.Add(new($"peak memory, open and drain {readings / 1_000_000} M", peak, "limit", 150, "MB", 1, LessIsBetter: true));
    }

    private static (double Opened, double Peak, double Rate) Child(string folder, string? youngBytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, "edge") { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[ChildFolder] = folder;
        if (youngBytes is not null)
            start.Environment["DOTNET_GCgen0size"] = youngBytes;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Insert(0, typeof(EdgeBacklog).Assembly.Location);
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
            ? Number(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024
            : Environment.WorkingSet / 1048576.0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
