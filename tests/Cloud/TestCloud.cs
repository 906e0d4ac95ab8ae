using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations.Lite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests;

/// <summary>The whole cloud in this process, on free ports and a folder of its own.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IDisposable _hold;

    private TestCloud(WebApplication app, IDisposable hold) => (_app, _hold) = (app, hold);

    public DataFolder Data => Get<DataFolder>();

    public int Port => Get<TlsListener>().Port;

    public LiteObservations Store => Get<LiteObservations>();

    /// <summary>Contents of the raw lake's objects once all that came has been moved there.</summary>
    public async Task<IReadOnlyList<RawBatch>> RawBatchesAsync()
    {
        await Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        return await Get<RawObjects>()
            .InOrderAsync(DateTimeOffset.MinValue, key => Assert.Fail(key), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    public IngestCounters Counters => Get<IngestCounters>();

    public GatewayRegistry Gateways => Get<GatewayRegistry>();

    public CertificateAuthority Authority => Get<CertificateAuthority>();

    public HttpClient Http => new() { BaseAddress = new Uri(_app.Urls.First()) };

    public static async Task<TestCloud> StartAsync(string folder, params string[] args)
    {
        var builder = Composition.CreateBuilder(
            ["--data", folder, "--urls", "http://127.0.0.1:0", "--Ingest:Port", "0", .. args]);
        builder.Logging.ClearProviders();
        var hold = builder.AddData();
        builder.AddCloud(Role.Whole);
        var app = builder.Build();
        app.MapCloud(Role.Whole);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestCloud(app, hold);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Enrols a gateway; its certificate with its key.</summary>
    public X509Certificate2 Enrol(string gateway)
    {
        var folder = Path.Combine(Data.Path, "out-" + gateway + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        Get<EnrolledGateways>().Enrol(Authority, gateway, folder, TimeSpan.FromDays(10));
        return X509Certificate2.CreateFromPemFile(Path.Combine(folder, "gateway.pem"), Path.Combine(folder, "gateway.key"));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _hold.Dispose();
    }
}
