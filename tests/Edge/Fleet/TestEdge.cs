using System.Globalization;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Status;
using IotGateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Fleet;

/// <summary>The gateway as it is composed, without sources, with a clock that the test moves.</summary>
internal sealed class TestEdge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestEdge(WebApplication app, FakeTimeProvider time) => (_app, Time) = (app, time);

    public FakeTimeProvider Time { get; }

    public ForwardingState Forwarding => Get<ForwardingStatus>().State;

    public FleetState Fleet => Get<FleetStatus>().State;

    public Tuning Tuning => Get<LiveTuning>().Now;

    public string Address => _app.Urls.First();

    public Counters Counters => Get<Counters>();

    public FrameCounters Nodes => Get<FrameCounters>();

    public GatewayReport Report => Get<GatewayReport>();

    public BatchBuffer Buffer => Get<BatchBuffer>();

    public IdentityFolder Identities => Get<IdentityFolder>();

    /// <summary>True when a worker's fault, or anything else, ends the gateway.</summary>
    public bool Stopping => Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public static async Task<TestEdge> StartAsync(string folder, int port, params (string Key, string Value)[] settings)
    {
        var time = new MachineTime(TimeProvider.System.GetUtcNow());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Gateway:Name"] = "hill",
            ["Gateway:DataDirectory"] = Path.Combine(folder, "edge"),
            ["Forwarding:Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Forwarding:CaFile"] = Path.Combine(folder, "ca.pem"),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.AddGateway();
        builder.Services.AddSingleton<TimeProvider>(time);
        var app = builder.Build();
        app.OpenGateway();
        await app.StartAsync();
        return new TestEdge(app, time);
    }

    /// <summary>Lets the gateway's clock run, a second at a time, until something holds.</summary>
    public async Task UntilAsync(string what, Func<bool> holds, int seconds = 3000)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < seconds; i++)
        {
            if (holds())
                return;
            await pause.WaitForNextTickAsync();
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException($"{what}: not reached; {Forwarding} {Fleet}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();
}

/// <summary>A clock in the test's hand whose monotonic side counts from the start of the machine, as a real one's does.</summary>
internal sealed class MachineTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly long _started = start.UtcTicks - TimeSpan.TicksPerHour;

    public override long GetTimestamp() => base.GetTimestamp() - _started;
}
