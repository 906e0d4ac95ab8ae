using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Sending;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

// usage: ObjectUploader FOLDER SEED URL BUCKET KEY SECRET
// Adds objects, every eighth of them in parts, and sends them, until it is killed. Says "+ SHA256 ." when the outbox has taken one.
var folder = args[0];
var seed = int.Parse(args[1], CultureInfo.InvariantCulture);
var time = TimeProvider.System;
var options = new ObjectOptions { ServiceUrl = args[2], Bucket = args[3], ReserveFreeBytes = 0, BytesPerSecond = 0 };
var outbox = ObjectOutbox.Open(folder, options, new Counters(), time, NullLogger.Instance);
using var store = new ObjectStore(options, time, new BasicAWSCredentials(args[4], args[5]));
using var uplink = new ObjectForwarder(
    outbox, new ObjectSender("hill", options, outbox, store, NullLogger.Instance), store, new ObjectStatus(options, time), time,
    NullLogger<ObjectForwarder>.Instance);
await uplink.StartAsync(CancellationToken.None);
var random = new Random(seed);
Console.WriteLine("open");
for (var i = 0; ; i++)
{
    var content = new byte[i % 8 == 3 ? ObjectSender.PartBytes * 2 + random.Next(1000) : random.Next(1, 200_000)];
    random.NextBytes(content);
    var label = new ObjectLabel("image", DeviceId.Parse("hive-1"), DateTimeOffset.UnixEpoch.AddSeconds((seed * 1000) + i), "image/jpeg");
    await outbox.AddAsync(new MemoryStream(content), label, CancellationToken.None);
    Console.WriteLine($"+ {Convert.ToHexStringLower(SHA256.HashData(content))} .");
}
