using System.Collections.Concurrent;
using Amazon.Runtime;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Incoming;
using IotGateway.Edge.Objects.Sending;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging;

namespace IotGateway.Edge.Tests.Objects;

/// <summary>
/// An outbox and its uplink in a folder, as the gateway puts them together. Another one on the same folder is what a restart makes.
/// </summary>
internal sealed class Uploader : IDisposable
{
    public static readonly DateTimeOffset Taken = new(2021, 6, 19, 0, 16, 4, TimeSpan.Zero);

    public Uploader(
        string folder, string url, string bucket, AWSCredentials? credentials = null, long maxBytes = 1 << 30, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        Options = new ObjectOptions { Bucket = bucket, ServiceUrl = url, MaxBytes = maxBytes, ReserveFreeBytes = 0, BytesPerSecond = 0 };
        Outbox = ObjectOutbox.Open(folder, Options, Counters, time, Log);
        Store = new ObjectStore(Options, time, credentials ?? Ceph.Credentials, Wire);
        Book = new ObjectStatus(Options, time);
        Uplink = new ObjectForwarder(Outbox, new ObjectSender("hill", Options, Outbox, Store, Log), Store, Book, time, Log);
    }

    public ObjectOptions Options { get; }

    public Counters Counters { get; } = new();

    public ObjectOutbox Outbox { get; }

    public ObjectStore Store { get; }

    public ObjectStatus Book { get; }

    public ObjectForwarder Uplink { get; }

    public Wire Wire { get; } = new();

    public Signals Log { get; } = new();

    public Task<bool> SendNextAsync() => Uplink.SendNextAsync(TestContext.Current.CancellationToken);

    public Task<StoredObject> AddAsync(byte[] content, string device = "hive-1", bool urgent = false, int second = 0) => Outbox.AddAsync(
        new MemoryStream(content), new ObjectLabel("image", DeviceId.Parse(device), Taken.AddSeconds(second), "image/jpeg", "jpg", urgent),
        TestContext.Current.CancellationToken);

    public string KeyOf(StoredObject o) => ObjectKey.Of(Options.Prefix, "hill", o.Label, o.Sha256);

    public void Dispose()
    {
        Uplink.Dispose();
        Store.Dispose();
    }

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

/// <summary>A log that a test can wait on.</summary>
internal sealed class Signals : ILogger<ObjectForwarder>, ILogger<IncomingFolder>
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _said = new();

    public Task SaidAsync(int id) =>
        _said.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.GetOrAdd(eventId.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
