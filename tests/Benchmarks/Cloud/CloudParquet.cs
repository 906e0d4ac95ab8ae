using System.Diagnostics;
using System.Globalization;
using IotGateway.Benchmarks.Edge;
using IotGateway.Benchmarks.Measures;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;
using ParquetSharp;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// Writing the curated lake's files, beside ParquetSharp given the same rows as columns and beside DuckDB's appender and COPY.
/// </summary>
internal static class CloudParquet
{
    private const string ChildFolder = "IOTGATEWAY_BENCHMARK_PARQUET";
    private const string ChildTask = "IOTGATEWAY_BENCHMARK_PARQUET_TASK";
    private static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsChild => Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 };

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("parquet-benchmark-").FullName;
        try
        {
            return Run(folder, quick);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Ratio> Run(string folder, bool quick)
    {
        var blocks = quick ? 1 : 10;
        var rows = blocks * ParquetBlock.Rows;
        using var block = new ParquetBlock();
        using var buffers = new CuratedBuffers();
        var medians = Rounds.Medians(
            3,
            () => PerSecond(rows, () => Ours(folder, block.Sorted, blocks, buffers)),
            () => PerSecond(rows, () => Peer(folder, block, blocks)),
            () => PerSecond(rows, () => ParquetDuck.Write(folder, block, blocks)));
        var written = Child(folder, "write", blocks);
        ParquetRaw.Write(folder, blocks);
        var transformed = Child(folder, "transform", blocks);
        var millions = string.Create(CultureInfo.InvariantCulture, $"{rows / 1_000_000} M");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"curated Parquet, {millions} rows: {medians[0]:N0} rows/s, {written.Peak:0} MB in a fresh process with the cloud's own "
                + $"settings; from raw objects of one day through the transform "
                + $"{transformed.Rate:N0} readings/s, {transformed.Peak:0} MB"));
        return
        [
            new(
                $"curated Parquet, {millions} rows, checked and durable", medians[0], "ParquetSharp, the same rows as columns", medians[1],
                "rows/s", 0.7),
            new($"curated Parquet, {millions} rows, checked and durable", medians[0], "DuckDB appender + COPY", medians[2], "rows/s", 2.5),
            new($"peak memory, write {millions} rows", written.Peak, "limit", 300, "MB", 1, LessIsBetter: true),
            new($"peak memory, transform a day of {millions} readings", transformed.Peak, "limit", 300, "MB", 1, LessIsBetter: true),
        ];
    }

    private static double PerSecond(int rows, Action write)
    {
        var start = Stopwatch.GetTimestamp();
        write();
        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Ours(string folder, CuratedRow[] sorted, int blocks, CuratedBuffers buffers)
    {
        var place = Path.Combine(folder, "ours");
        using (var files = new CuratedFiles(
            new FolderObjects(place), buffers, new Partition("climate", new DateOnly(2026, 1, 1)), null, Created))
        {
            for (var b = 0; b < blocks; b++)
            {
                for (var i = 0; i < sorted.Length; i++)
                {
                    files.Add(sorted[i]);
                    if (files.IsFull)
                        Wait(files.EndAsync(CancellationToken.None));
                }
            }

            Wait(files.EndAsync(CancellationToken.None));
        }

        Directory.Delete(place, recursive: true);
    }

    private static void Peer(string folder, ParquetBlock block, int blocks)
    {
        var file = Path.Combine(folder, "peer.parquet");
        using (var node = CuratedSchema.Node(CuratedSchema.Current))
        using (var builder = new WriterPropertiesBuilder())
        using (var properties = builder.Compression(Compression.Zstd).Build())
        using (var writer = new ParquetFileWriter(file, node, properties))
        {
            for (var b = 0; b < blocks; b++)
            {
                using var group = writer.AppendRowGroup();
                block.Put(group);
            }

            writer.Close();
        }

        File.Delete(file);
    }

    private static (double Rate, double Peak) Child(string folder, string task, int blocks)
    {
        // With the product's own settings, its collector's among them.
        var settings = Path.Combine(AppContext.BaseDirectory, "IotGateway.Cloud.runtimeconfig.json");
        var start = new ProcessStartInfo(
            EdgeBacklog.DotnetHost(),
            ["exec", "--runtimeconfig", settings, typeof(CloudParquet).Assembly.Location, "cloud"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[ChildFolder] = folder;
        start.Environment[ChildTask] = string.Create(CultureInfo.InvariantCulture, $"{task} {blocks}");
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadToEnd().Split('\n').First(l => l.StartsWith("parquet ", StringComparison.Ordinal)).Split(' ');
        child.WaitForExit();
        return (double.Parse(line[1], CultureInfo.InvariantCulture), double.Parse(line[2], CultureInfo.InvariantCulture));
    }

    public static IReadOnlyList<Ratio> RunChild()
    {
        var folder = Environment.GetEnvironmentVariable(ChildFolder)!;
        var task = Environment.GetEnvironmentVariable(ChildTask)!.Split(' ');
        var blocks = int.Parse(task[1], CultureInfo.InvariantCulture);
        var start = Stopwatch.GetTimestamp();
        if (task[0] == "write")
        {
            using var buffers = new CuratedBuffers();
            using var files = new CuratedFiles(
                new FolderObjects(Path.Combine(folder, "child")), buffers, new Partition("climate", new DateOnly(2026, 1, 1)), null,
                Created);
            foreach (var row in ParquetBlock.Draw(blocks))
            {
                files.Add(row);
                if (files.IsFull)
                    Wait(files.EndAsync(CancellationToken.None));
            }

            Wait(files.EndAsync(CancellationToken.None));
        }
        else if (task[0] == "raw")
        {
            ParquetRaw.Write(folder, blocks);
        }
        else
        {
            ParquetRaw.Transform(folder);
        }

        var rate = blocks * ParquetBlock.Rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parquet {rate} {EdgeBacklog.PeakMegabytes()}"));
        return [];
    }

    public static void Wait(Task task)
    {
        // The benchmark's thread has nothing else to do.
        if (!task.IsCompleted)
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        if (task.IsFaulted)
            throw task.Exception;
    }
}
