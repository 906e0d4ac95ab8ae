using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Operations;
using IotGateway.Cloud.Weather;
using IotGateway.Telemetry.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>The cloud's ingest in this process, with its store or without any.</summary>
internal sealed class CloudHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IDisposable _hold;

    private CloudHost(WebApplication app, IDisposable hold) => (_app, _hold) = (app, hold);

    public Uri Url => new(_app.Urls.First());

    public int Port => Get<TlsListener>().Port;

    public static async Task<CloudHost> StartAsync(string folder, bool store, params string[] configuration)
    {
        var builder = Composition.CreateBuilder(["--data", folder, "--urls", "http://127.0.0.1:0", "--Ingest:Port", "0", .. configuration]);
        builder.Logging.ClearProviders();
        var hold = builder.AddData();
        builder.AddCloud(new Role("ingest", Web: true, Ingest: true, Transform: false, Forecast: false));
        if (!store)
        {
            builder.Services.RemoveAll<IHostedService>();
            builder.Services.AddHostedService<NoStore>();
            builder.Services.AddHostedService<BrokerHost>();
        }

        var app = builder.Build();
        app.MapForecasts();
        app.MapHives();
        app.MapWeather();
        app.MapOperations();
        await app.StartAsync();
        return new CloudHost(app, hold);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Enrols a gateway; what its client connects with.</summary>
    public (X509Certificate2 Certificate, X509Certificate2 Authority) Enrol(string gateway, string folder)
    {
        var authority = Get<CertificateAuthority>();
        Get<EnrolledGateways>().Enrol(authority, gateway, folder, TimeSpan.FromDays(10));
        return (X509Certificate2.CreateFromPemFile(Path.Combine(folder, "gateway.pem"), Path.Combine(folder, "gateway.key")),
            X509CertificateLoader.LoadCertificate(authority.Certificate.RawData));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _hold.Dispose();
    }

    /// <summary>The committer without its store: answers and acknowledges what it is given.</summary>
    private sealed class NoStore(BatchQueue queue, StoredSequences stored, GatewayRegistry book, GatewayBroker broker) : BackgroundService
    {
        public override Task StopAsync(CancellationToken cancellationToken)
        {
            queue.Close();
            return base.StopAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var group = new List<IncomingBatch>();
            while (await queue.TakeAsync(group))
            {
                foreach (var stream in group.GroupBy(b => (b.Batch.Gateway, b.Batch.Stream)))
                {
                    var ranges = new SequenceSet(stream.Select(b => new SequenceRange(b.Batch.First, b.Batch.Last))).Ranges;
                    foreach (var range in ranges)
                        stored.Admit(stream.Key.Gateway, stream.Key.Stream, range);
                    var all = stored.Find(stream.Key.Gateway, stream.Key.Stream);
                    book.Stored(stream.Key.Gateway, stream.Key.Stream, all, []);
                    await broker.PublishAsync(
                        stream.Key.Gateway, new StoredAnswer(stream.Key.Stream, all.Contiguous, ranges, []), CancellationToken.None);
                }

                foreach (var batch in group)
                    batch.Done();
            }
        }
    }
}
