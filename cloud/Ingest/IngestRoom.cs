using System.Net;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Http;
using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Quarantine;
using IotGateway.Cloud.Ingest.Queue;
using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Web;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest;

/// <summary>The room's entry: certificates, the broker, and the way of a batch into lake and store.</summary>
internal static class IngestRoom
{
    private const int MostNames = 50;

    /// <summary>Adds the room; without <paramref name="runs"/> only what other rooms show of it.</summary>
    public static void AddIngest(this WebApplicationBuilder builder, bool runs = true)
    {
        var options = IngestOptions.Read(builder.Configuration);
        Options.Check(options.Names.Count <= MostNames, "Ingest:Names", $"{options.Names.Count} names", $"at most {MostNames}");
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<QueueState>();
        services.AddSingleton<GatewayRegistry>();
        services.AddSingleton<IngestCounters>();
        services.AddSingleton<Refusals>();
        services.AddSingleton(p =>
        {
            var health = new Health(p.Time());
            health.Listening(!runs);
            return health;
        });
        services.AddSingleton<GroupCommitGate>();
        services.AddSingleton<BatchQueue>();
        services.AddSingleton<GatewayShares>();
        services.AddSingleton<ProjectedReadings>();
        services.AddSingleton<BatchReceiver>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<StoredSequences>();
        services.AddSingleton<HotStoreWriter>();
        services.AddSingleton<SegmentArchiver>();
        services.AddSingleton<ClientCheck>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<TlsHandshake>();
        services.AddSingleton<GatewayBroker>();
        services.AddSingleton(p => new QuarantineFolder(p.Data().Quarantine, p.Time()));
        var fromQueue = options.Source == "sqs" || LakeOptions.Read(builder.Configuration).OnS3;
        builder.AddQuarantine(QuarantineObjects.Prefix, fromQueue, p => p.GetRequiredService<IObjectStore>());
        builder.AddQuarantine("", fromQueue: false, p => new FolderObjects(p.Data().Quarantine));
        services.AddSingleton(p => CertificateAuthority.Open(p.Pki(options), p.Time()));
        services.AddSingleton(p => new EnrolledGateways(p.Pki(options)));
        services.AddSingleton(p => new Claims(p.Pki(options)));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<ServerCertificate>(p, p.Data().Pki, options.Names));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<TlsListener>(
            p, new IPEndPoint(IPAddress.Parse(options.Listen), options.Port)));

        if (!runs)
            return;
        if (options.Source == "sqs")
        {
            builder.AddQueue();
            return;
        }

        services.AddSingleton<IAnswers>(p => p.GetRequiredService<GatewayBroker>());

        // Stopped in the reverse order: first the broker, then the committer, which stores what is still queued, and so on down to the
        // lake.
        services.AddHostedService(p => p.GetRequiredService<SegmentArchiver>());
        services.AddHostedService(p => p.GetRequiredService<HotStoreWriter>());
        services.AddHostedService<Committer>();
        services.AddHostedService<RecoveryHost>();
        if (options.Source == "http")
            services.AddHostedService<HttpIngestHost>();
        else
            services.AddHostedService<BrokerHost>();
    }

    public static void MapIngest(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IngestOptions>().Source == "http")
            app.WithAnswerHeaders().MapIngestApi();
    }

    /// <summary>Messages from a queue, answers through the broker that gateways are connected to.</summary>
    private static void AddQueue(this WebApplicationBuilder builder)
    {
        var options = QueueOptions.Read(builder.Configuration);
        var answers = AnswerOptions.Read(builder.Configuration);
        var aws = AwsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(p => new WorkQueue(options, aws, p.Time()));
        services.AddSingleton<QuarantineObjects>();
        services.AddSingleton<QueueReceiver>();
        services.AddSingleton<IAnswers>(p => answers.Through == "iot"
            ? new IotDataAnswers(answers.Endpoint, aws, p.Time())
            : new MqttAnswers(answers));
        services.AddSingleton<Answerer>();

        // Stopped in the reverse order: first the worker, then the answers to what it stored.
        services.AddHostedService(p => p.GetRequiredService<Answerer>());
        services.AddHostedService<QueueWorker>();
    }

    private static void AddQuarantine(
        this WebApplicationBuilder builder, string prefix, bool fromQueue, Func<IServiceProvider, IObjectStore> store)
    {
        builder.Services.AddSingleton<IErasable>(p => new QuarantineErasure(store(p), prefix, fromQueue));
        builder.Services.AddSingleton<IRetained>(p => new QuarantineErasure(store(p), prefix, fromQueue));
    }

    /// <summary>The folder of keys; only with a broker of our own did gateways come by it.</summary>
    private static string Pki(this IServiceProvider services, IngestOptions options)
    {
        var data = services.Data();
        PkiFolder.Create(data.Pki, options.Source == "broker" ? data.OfGateways : []);
        return data.Pki;
    }

    private static DataFolder Data(this IServiceProvider services) => services.GetRequiredService<DataFolder>();

    private static TimeProvider Time(this IServiceProvider services) => services.GetRequiredService<TimeProvider>();
}
