using System.Text;
using System.Text.Json;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Packs;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding.Answers;

/// <summary>
/// Takes up dead letters that a person has moved to the requeue folder: each goes through the buffer again under a new sequence, and its
/// file goes when that is durable. One that cannot be read goes back.
/// </summary>
internal sealed class Requeuer(DeadLetters letters, BatchBuffer buffer, Counters counters, TimeProvider time, ILogger<Requeuer> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private bool _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                try
                {
                    await TakeUpAsync(stoppingToken);
                }
                catch (Exception e) when (e.IsFromDisk())
                {
                    // The folder is gone or closed to us: nothing to take up, and no reason to stop what takes in readings.
                    if (!_told)
                        log.RequeueFolder(e.Message);
                    _told = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // What lies there is taken up at the next start.
        }
    }

    /// <summary>Takes up what lies there now.</summary>
    internal async Task TakeUpAsync(CancellationToken cancellation)
    {
        foreach (var file in Directory.GetFiles(letters.RequeueFolder, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            try
            {
                if (new FileInfo(file).Length > BufferedBatch.LargestPayloadBytes)
                    throw new BatchFormatException("too_large", $"It has more than {BufferedBatch.LargestPayloadBytes} bytes.");
                var (pack, readings, kind) = Read(OrdinaryFile.Read(file));
                var sequence = await buffer.AppendHereAsync(pack, readings, kind, cancellation);
                File.Delete(file);
                counters.Add("dead_letters.requeued");
                log.Requeued(name, sequence);
            }
            catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
            {
                counters.Add("dead_letters.not_requeued");
                log.NotRequeued(name, e.Message);
                DurableFile.Move(file, letters.PathOf(name));
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                // The disk, or the file's owner: it stays and is tried again.
                log.NotRequeued(name, e.Message);
            }
        }
    }

    private static (ReadOnlyMemory<byte> Pack, int Readings, BatchKind Kind) Read(byte[] content)
    {
        using var letter = JsonDocument.Parse(content);
        var root = letter.RootElement;
        var pack = Encoding.UTF8.GetBytes(root.GetProperty("senml").GetRawText());
        _ = StampedPack.StampOf(pack);
        var readings = Senml.Read(pack).Length;
        if (readings == 0)
            throw new BatchFormatException("bad_record", "It holds no reading.");
        return (pack, readings, root.TryGetProperty("alarm", out var alarm) && alarm.GetBoolean() ? BatchKind.Alarm : BatchKind.Ordinary);
    }
}
