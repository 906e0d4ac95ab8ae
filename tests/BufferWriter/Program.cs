using System.Globalization;
using IotGateway.BufferWriter;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Disks;
using Microsoft.Extensions.Logging.Abstractions;

// usage: BufferWriter FOLDER SEED SYNC-DELAY-MS
// Appends until it is killed, and says on its output what was acknowledged to it: "+ sequence id ." for an append, "? sequence ." before
// an uplink's acknowledgement, "- sequence ." when that is durable. It never says + or - before the buffer has.
var folder = args[0];
var seed = int.Parse(args[1], CultureInfo.InvariantCulture);
var delay = TimeSpan.FromMilliseconds(int.Parse(args[2], CultureInfo.InvariantCulture));
var options = new BufferOptions
{
    Directory = folder,
    LogBytes = 512 << 10,
    MaxBytes = 1 << 30,
    ReserveFreeBytes = 0,
    AcknowledgeDelay = TimeSpan.FromMilliseconds(5),
};
var buffer = BatchBuffer.Open(new SlowDisk(new FolderDisk(folder), delay), options, ["cloud"], TimeProvider.System, NullLogger.Instance);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
output.WriteLine("open");
await Task.WhenAll(Enumerable.Range(0, 8).Select(lane => Task.Run(() => AppendAsync(lane))).Append(AcknowledgeAsync()));

async Task AppendAsync(int lane)
{
    var random = new Random((seed * 100) + lane);
    for (var i = 0L; ; i++)
    {
        var id = (seed * 1_000_000_000L) + (lane * 10_000_000L) + i;
        var payload = new byte[8 + random.Next(20_000)];
        random.NextBytes(payload);
        BitConverter.TryWriteBytes(payload, id);
        var kind = i % 20 == 0 ? BatchKind.Alarm : BatchKind.Ordinary;
        var sequence = await (lane % 2 == 0
            ? buffer.AppendAsync(payload, 1, kind, CancellationToken.None)
            : buffer.AppendHereAsync(payload, 1, kind, CancellationToken.None));
        output.WriteLine($"+ {sequence} {id} .");
    }
}

async Task AcknowledgeAsync()
{
    while (true)
    {
        await buffer.WaitForAppendAsync(buffer.Status.LastSequence, CancellationToken.None);
        var oldest = buffer.Read("cloud", 1, 3, 1 << 20);
        if (buffer.Status.Batches < 40 || oldest.Count == 0)
            continue;
        foreach (var batch in oldest)
            output.WriteLine($"? {batch.Sequence} .");
        foreach (var batch in oldest)
            await buffer.AcknowledgeAsync("cloud", batch.Sequence, batch.Sequence, CancellationToken.None);
        await buffer.FlushAsync(CancellationToken.None);
        foreach (var batch in oldest)
            output.WriteLine($"- {batch.Sequence} .");
    }
}
