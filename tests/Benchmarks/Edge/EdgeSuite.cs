using System.Diagnostics;
using System.Globalization;
using IotGateway.Benchmarks.Measures;
using IotGateway.Edge.Buffer;

namespace IotGateway.Benchmarks.Edge;

/// <summary>
/// The edge's bars: the durable buffer beside a bare segment file, stock LiteDB and SQLite, on the same disk in the same run.
/// </summary>
internal static class EdgeSuite
{
    public const int ReadingsABatch = 256;
    private const int BytesAReading = 150;
    private const int DrainBatches = 64;

    /// <summary>More than go into the buffer's log before it is copied.</summary>
    private const int BatchesACheckpoint = 512;

    /// <summary>From this time for a batch's write and sync on, the segment file's, the disk counts as throttled.</summary>
    private static readonly TimeSpan ThrottledFrom = TimeSpan.FromMilliseconds(1);

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("edge-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            Append(folder, quick, ratios);
            Drain(folder, quick, ratios);
            EdgeBacklog.Run(folder, quick, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A batch as it goes over the wire: text, the same for all candidates.</summary>
    public static byte[] Payload(int seed)
    {
        var payload = new byte[ReadingsABatch * BytesAReading];
        var random = new Random(seed);
        for (var i = 0; i < payload.Length; i++)
            payload[i] = (byte)random.Next(' ', '~');
        return payload;
    }

    private static void Append(string folder, bool quick, List<Ratio> ratios)
    {
        var duration = TimeSpan.FromSeconds(quick ? 0.2 : 0.4);
        using var buffer = new BufferStore(Folder(folder, "buffer"));
        using var segment = new SegmentStore(Folder(folder, "segment"));
        using var stock = new StockLiteDbStore(Folder(folder, "stock"));
        using var sqlite = new SqliteStore(Folder(folder, "sqlite"));
        var costs = new EdgeCosts();
        var payloads = Enumerable.Range(0, 64).Select(Payload).ToArray();
        Func<double> Candidate(string name, IEdgeStore store)
        {
            for (var i = 0; i < 50; i++)
                store.Append(payloads[i % payloads.Length]);
            var next = 0;
            return () => costs.Measure(name, () => Rounds.PerSecond(duration, () =>
            {
                store.Append(payloads[next++ % payloads.Length]);
                return ReadingsABatch;
            }));
        }

        var candidates = new[]
        {
            Candidate("buffer", buffer), Candidate("segment file", segment), Candidate("stock LiteDB", stock), Candidate("SQLite", sqlite),
        };

        // A round holds a checkpoint of the buffer's, on a slow disk too: a median of rounds with none would hide what they cost.
        var throttled = TimeSpan.FromSeconds(ReadingsABatch / candidates[1]()) >= ThrottledFrom;
        var rounds = quick || throttled ? 7 : 21;
        if (throttled)
            duration = BatchesACheckpoint * TimeSpan.FromSeconds(ReadingsABatch / candidates[1]());
        var before = buffer.Buffer.Status;
        var median = Rounds.Medians(rounds, candidates);
        var after = buffer.Buffer.Status;

        var sync = TimeSpan.FromSeconds(ReadingsABatch / median[1]);
        var kind = throttled ? "throttled" : "fast";
        Say($"a batch's write and sync, the segment file's: {sync.TotalMilliseconds:0.000} ms, so the disk counts as {kind}");
        Say($"append, {ReadingsABatch} readings of {BytesAReading} B a batch, one after the other; medians of {rounds} interleaved rounds");
        costs.Print(ReadingsABatch);

        ratios.Add(new("durable append", median[0], "segment file, fdatasync", median[1], "readings/s", throttled ? 0.7 : 0.4));
        ratios.Add(new("durable append", median[0], "stock LiteDB", median[2], "readings/s", 4));
        ratios.Add(new("durable append", median[0], "SQLite, WAL, FULL", median[3], "readings/s", 0.7));
        var commits = after.Commits - before.Commits;
        var checkpoints = after.Checkpoints - before.Checkpoints;
        var checkpointSyncs = 2;
        ratios.Add(new(
            "syncs a commit between checkpoints", (double)(after.Syncs - before.Syncs - (checkpointSyncs * checkpoints)) / commits, "one",
            1, "syncs", 1, LessIsBetter: true));
        var written = (double)(after.BytesWritten - before.BytesWritten)
            / ((after.ReadingsAppended - before.ReadingsAppended) * BytesAReading);
        ratios.Add(new("bytes written, append alone", written, "3 × the payload", 3, "× payload", 1, LessIsBetter: true));
        Say($"{commits} commits, {checkpoints} checkpoints ({checkpointSyncs} syncs each)");
        Say($"{after.BytesWrittenPerReading:0} bytes written a reading");
    }

    private static void Drain(string folder, bool quick, List<Ratio> ratios)
    {
        const int rounds = 7;
        var batches = quick ? 256 : 1024;
        using var buffer = new BufferStore(Folder(folder, "drain-buffer"));
        using var sqlite = new SqliteStore(Folder(folder, "drain-sqlite"));
        var costs = new EdgeCosts();
        var payloads = Enumerable.Range(0, 64).Select(Payload).ToArray();
        var before = buffer.Buffer.Status;
        Func<double> Candidate(string name, IEdgeStore store) => () =>
        {
            // What a drain leaves undone would show here, in the appends that use its room again.
            costs.Measure(name + ", appends before it", () =>
            {
                for (var i = 0; i < batches; i++)
                    store.Append(payloads[i % payloads.Length]);
                return 0;
            }, batches * ReadingsABatch);
            return costs.Measure(name, () =>
            {
                var start = Stopwatch.GetTimestamp();
                var drained = 0;
                while (store.Drain(DrainBatches) is var n and > 0)
                    drained += n * ReadingsABatch;
                return drained / Stopwatch.GetElapsedTime(start).TotalSeconds;
            }, batches * ReadingsABatch);
        };
        var (ours, peer) = (Candidate("buffer", buffer), Candidate("SQLite", sqlite));

        // Twice unmeasured, until the code is compiled for good: a backlog worth draining is longer than that.
        Rounds.Medians(2, ours, peer);
        costs = new EdgeCosts();
        var median = Rounds.Medians(rounds, ours, peer);
        var after = buffer.Buffer.Status;
        Say($"drain, {DrainBatches} batches read and durably deleted at a time; medians of {rounds} interleaved rounds");
        costs.Print(ReadingsABatch);
        ratios.Add(new("drain (read and durable delete)", median[0], "SQLite, WAL, FULL", median[1], "readings/s", 0.7));
        var written = (double)(after.BytesWritten - before.BytesWritten)
            / ((after.ReadingsAppended - before.ReadingsAppended) * BytesAReading);
        ratios.Add(new("bytes written, append and drain", written, "3 × the payload", 3, "× payload", 1, LessIsBetter: true));
    }

    private static string Folder(string root, string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
