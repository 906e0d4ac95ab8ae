using System.Buffers;
using System.Text;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>A day of raw objects as gateways send it, time after time, and its way through the transform.</summary>
internal static class ParquetRaw
{
    private const int ReadingsABatch = 1000;
    private const int BatchesAnObject = 50;
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string folder, int blocks)
    {
        var raw = new RawObjects(new FolderObjects(folder));
        var devices = blocks * ParquetBlock.Rows / ReadingsABatch / 2;
        var random = new Random(2);
        var pack = new ArrayBufferWriter<byte>(256 << 10);
        var batches = new List<RawBatch>();
        for (var b = 0; b < blocks * ParquetBlock.Rows / ReadingsABatch; b++)
        {
            // Each batch holds one moment of many hives: so every object has readings of all hours' worth of devices.
            var readings = new Reading[ReadingsABatch];
            for (var i = 0; i < ReadingsABatch; i++)
            {
                var n = ((long)b * ReadingsABatch) + i;
                var (device, at) = (n / 2 % devices, Day.AddSeconds(n / 2 / devices * 43));
                var humid = n % 2 == 1;
                readings[i] = new Reading(
                    DeviceId.Parse($"0004a30b{device:D8}"), humid ? Metrics.HiveHumidity : Metrics.HiveTemperature, at,
                    Math.Round(30 + (random.NextDouble() * 8), 2),
                    humid ? "%RH" : "Cel", Quality.Good, at.AddSeconds(2));
            }

            pack.ResetWrittenCount();
            Senml.Write(pack, readings);
            var range = new SequenceRange(b + 1, b + 1);
            var bytes = Batch.Encode("gateway-01", "s1", range, Day, "synchronised", [], [pack.WrittenMemory]);
            batches.Add(new RawBatch("gateway-01", "s1", range, Day.AddMilliseconds(b), bytes));
            if (batches.Count == BatchesAnObject)
            {
                CloudParquet.Wait(raw.PutAsync(batches, CancellationToken.None));
                batches.Clear();
            }
        }
    }

    public static void Transform(string folder)
    {
        var store = new FolderObjects(folder);
        var apiary = Apiary.From(new ApiaryOptions());
        var options = new CuratedOptions();
        using var publisher = new Publisher(store, apiary, options, TimeProvider.System);
        var transform = new Transform(
            store, publisher, () => new RawRowReader(new RawObjects(store), apiary, TimeProvider.System), options, TimeProvider.System);
        CloudParquet.Wait(AllAsync(transform));
    }

    private static async Task AllAsync(Transform transform)
    {
        while ((await transform.PassAsync(CancellationToken.None)).More)
        {
            // Each pass takes a gateway's share.
        }
    }
}
