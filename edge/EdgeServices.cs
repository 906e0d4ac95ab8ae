using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Status;
using IotGateway.Edge.Validate;
using IotGateway.Edge.Watchdog;
using IotGateway.Telemetry;
using Microsoft.Extensions.Hosting.Systemd;

namespace IotGateway.Edge;

/// <summary>Puts the rooms together; the only place that knows them all.</summary>
internal static class EdgeServices
{
    /// <summary>Messages that may wait between the sources and the disk; then the sources wait.</summary>
    private const int Waiting = 4096;

    private static readonly string[] Sections =
        ["Gateway", "Sources", "Devices", "Buffer", "Uplink", "Clock", "Fleet", "Objects", "Thresholds", "Urls", "Logging", "AllowedHosts", "Kestrel"];

    /// <summary>EX_TEMPFAIL of sysexits.h: the supervisor is to start the gateway again.</summary>
    private const int RestartPlease = 75;

    /// <summary>appsettings.json beside the program, then <c>--config FILE</c>, then the environment, then the command line.</summary>
    public static void AddGatewayConfiguration(this IConfigurationManager configuration, string[] args)
    {
        if (Array.IndexOf(args, "--config") is >= 0 and var at)
        {
            var file = at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : "";
            if (!File.Exists(file))
                throw new ValidationException($"--config is '{file}'; expected a JSON file that exists.");
            CheckSections(file);
            configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
            configuration.AddEnvironmentVariables();
        }

        configuration.AddCommandLine(args);
    }

    /// <summary>A misspelt section would be no source, no device, and no word about it.</summary>
    private static void CheckSections(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var section in json.RootElement.EnumerateObject().Where(s => !Sections.Contains(s.Name, StringComparer.OrdinalIgnoreCase)))
                throw new ValidationException($"{file} has the section '{section.Name}'; expected some of {string.Join(", ", Sections)}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ValidationException($"{file} cannot be read as a JSON object: {e.Message}", e);
        }
    }

    public static void AddGateway(this IHostApplicationBuilder builder)
    {
        var gateway = builder.Read<GatewayOptions>("Gateway");
        builder.Services.AddSingleton(gateway);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Counters>();
        builder.Services.AddRazorComponents();
        Directory.CreateDirectory(gateway.DataDirectory);
        builder.AddIdentity(gateway);
    }

    /// <summary>Finds the gateway's certificate and by it its name, before anything is built that bears the name.</summary>
    private static void AddIdentity(this IHostApplicationBuilder builder, GatewayOptions gateway)
    {
        var thresholds = builder.Read<ThresholdOptions>("Thresholds");
        var (uplink, fleet) = (builder.Read<ForwardingOptions>("Uplink"), builder.Read<FleetOptions>("Fleet"));
        IdentityFolder identities;
        try
        {
            identities = new IdentityFolder(Path.Combine(gateway.DataDirectory, "identity"), uplink.CertificateFile, uplink.KeyFile, fleet.MayClaim);
        }
        catch (CryptographicException e)
        {
            throw new ValidationException($"The gateway's certificate ({uplink.CertificateFile}, {uplink.KeyFile}, or gateway.pem in {gateway.DataDirectory}/identity) cannot be read: {e.Message}", e);
        }

        var known = identities.Current ?? (identities.Candidates() is [var first, ..] ? first : null);
        if (known is null && !fleet.MayClaim)
            throw new ValidationException($"Uplink:CertificateFile is '{uplink.CertificateFile}'; expected a PEM file that exists, or Fleet:ClaimCertificateFile, by which to get one.");
        gateway.MayBeRenamed = gateway.Name.Length == 0;
        if (gateway.MayBeRenamed)
            gateway.Name = known?.Thing ?? fleet.Parameters.GetValueOrDefault("SerialNumber") ?? "";
        if (!GatewayId.IsValid(gateway.Name))
            throw new ValidationException($"Gateway:Name is '{gateway.Name}'; expected 1 to {GatewayId.MaxLength} letters, digits, '-' or '_', or Fleet:Parameters:SerialNumber, by which the cloud names it.");
        if (known?.Thing is { } thing && thing != gateway.Name)
            throw new ValidationException($"Gateway:Name is '{gateway.Name}'; expected '{thing}', whose certificate lies in {gateway.DataDirectory}/identity.");
        builder.Services.AddSingleton(uplink);
        builder.Services.AddSingleton(fleet);
        builder.Services.AddSingleton(identities);
        builder.Services.AddSingleton(new LiveTuning(uplink.Tuning(thresholds)));
    }

    public static void AddClock(this IHostApplicationBuilder builder)
    {
        var options = builder.Read<ClockOptions>("Clock");
        builder.Services.AddSingleton(services => new GatewayClock(
            options, new BootRegistry(services.DataFolder("clock")), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<GatewayClock>>()));
        builder.Services.AddHostedService<ClockWatch>();
    }

    public static void AddSources(this IHostApplicationBuilder builder)
    {
        var channel = Channel.CreateBounded<Received>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        builder.Services.AddSingleton(channel.Reader);
        builder.Services.AddSingleton(channel.Writer);
        builder.Services.AddSingleton<SourceStates>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in builder.Configuration.GetSection("Sources").GetChildren())
        {
            var options = builder.Read<MqttSourceOptions>(section.Path);
            if (!names.Add(options.Name))
                throw new ValidationException($"{section.Path}:Name is '{options.Name}', which an earlier source has; expected names without repeats.");
            builder.Services.AddSingleton<IHostedService>(services =>
                ActivatorUtilities.CreateInstance<MqttSource>(services, options, services.GetRequiredService<GatewayOptions>().Name));
        }
    }

    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        var devices = builder.Configuration.GetSection("Devices").GetChildren().Select(d => builder.Read<DeviceOptions>(d.Path)).ToList();
        var profiles = new DeviceProfiles(devices);
        builder.Services.AddSingleton(profiles);
        builder.Services.AddSingleton(services =>
        {
            var tuning = services.GetRequiredService<LiveTuning>();
            return new DuplicateFrames(() => tuning.Now.DuplicateFrames);
        });
        builder.Services.AddSingleton<FrameCounters>();
        builder.Services.AddSingleton<Discards>();
        builder.Services.AddSingleton(services => new Quarantine(services.DataFolder("quarantine"), services.GetRequiredService<Counters>()));
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Intake>());
    }

    public static void AddBuffer(this IHostApplicationBuilder builder)
    {
        var options = builder.Read<BufferOptions>("Buffer");
        builder.Services.AddSingleton(services =>
        {
            if (options.Directory.Length == 0)
                options.Directory = services.DataFolder("buffer");
            var tuning = services.GetRequiredService<LiveTuning>();
            return BatchBuffer.Open(
                options, [CloudForwarder.Name], services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<BatchBuffer>>(), Thinner.Thin,
                () => tuning.Now.WarnShare);
        });
    }

    /// <summary>The workers, to be asked after the end whether one of them ended by a fault of its own.</summary>
    public static IReadOnlyList<BackgroundService> Workers(this WebApplication app) =>
        [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()];

    /// <summary>Opens the buffer now, so that a folder that cannot be used stops the start with its reason.</summary>
    public static void OpenBuffer(this WebApplication app) => app.Services.GetRequiredService<BatchBuffer>();

    public static void AddUplink(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new DeadLetters(services.DataFolder("dead-letters")));
        builder.Services.AddSingleton<ForwardingStatus>();
        builder.Services.AddHostedService<Requeuer>();
        builder.Services.AddSingleton(services => new Outbox(
            services.GetRequiredService<BatchBuffer>(), CloudForwarder.Name, services.GetRequiredService<LiveTuning>().Now.BacklogShare, Outbox.Patience,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<GatewayClock>().MustWait));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<AnswerHandler>(services, (ILogger)services.GetRequiredService<ILogger<CloudForwarder>>()));
        builder.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<CloudForwarder>(
                services, services.GetRequiredService<GatewayOptions>().Name, (Func<GatewayStatus>)services.GetRequiredService<GatewayReport>().Now,
                (Func<CancellationToken, Task<GatewayIdentity>>)(cancellation => ClaimAsync(services, cancellation)), services.GetServices<ICloudTopics>().ToArray()));
    }

    public static void AddFleet(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FleetStatus>();
        builder.Services.AddSingleton<ClaimProvisioning>();
        builder.Services.AddSingleton(services =>
        {
            var gateway = services.GetRequiredService<GatewayOptions>();
            return ActivatorUtilities.CreateInstance<CertificateOrder>(services, gateway.Name, gateway.MayBeRenamed);
        });
        builder.Services.AddSingleton(services =>
            new SettingsFile(
                services.DataFolder("settings.json"), services.DataFolder("provisioned.json"), services.GetRequiredService<LiveTuning>(), services.GetRequiredService<FleetStatus>()));
        var fleet = builder.Read<FleetOptions>("Fleet");
        if (fleet.Renew)
            builder.Services.AddSingleton<ICloudTopics, Renewal>();
        if (fleet.RemoteConfiguration)
            builder.Services.AddSingleton<ICloudTopics>(services => ActivatorUtilities.CreateInstance<ConfigShadow>(services, services.GetRequiredService<GatewayOptions>().Name));
    }

    /// <summary>Puts in force the settings that were set from afar.</summary>
    public static void LoadSettings(this WebApplication app)
    {
        if (app.Services.GetRequiredService<FleetOptions>().RemoteConfiguration)
            app.Services.GetRequiredService<SettingsFile>().Load();
    }

    /// <summary>Gets a certificate by claim. When it names the gateway otherwise than it is called now, the process ends to be started under that name.</summary>
    private static async Task<GatewayIdentity> ClaimAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var identity = await services.GetRequiredService<ClaimProvisioning>().RunAsync(cancellation);
        if (identity.Thing == services.GetRequiredService<GatewayOptions>().Name)
            return identity;
        services.GetRequiredService<IdentityFolder>().Keep(identity);
        Environment.ExitCode = RestartPlease;
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        throw new CloudRefusedException($"the gateway is named {identity.Thing} from now on; it starts again under that name", TimeSpan.FromMinutes(5));
    }

    /// <summary>Comes last, so that it starts when all else has started, and stops first.</summary>
    public static void AddLifeSign(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<LifeSign>(services, (IReadOnlyDictionary<string, Heartbeat>)new Dictionary<string, Heartbeat>(StringComparer.Ordinal)
        {
            ["intake"] = services.GetRequiredService<Intake>().Pulse,
            ["buffer"] = services.GetRequiredService<BatchBuffer>().Pulse,
        }));
        builder.Services.AddHostedService(services => services.GetRequiredService<LifeSign>());
    }

    /// <summary>Sends images and archives on their own; without a bucket the outbox alone stands ready.</summary>
    public static void AddObjects(this IHostApplicationBuilder builder)
    {
        var options = builder.Read<ObjectOptions>("Objects");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ObjectStatus>();
        builder.Services.AddSingleton(services => ObjectOutbox.Open(
            services.DataFolder("objects"), options, services.GetRequiredService<Counters>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ObjectOutbox>>()));
        if (!options.Enabled)
            return;
        builder.Services.AddSingleton(services => new ObjectStore(options, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new ObjectSender(
            services.GetRequiredService<GatewayOptions>().Name, options, services.GetRequiredService<ObjectOutbox>(), services.GetRequiredService<ObjectStore>(),
            services.GetRequiredService<ILogger<ObjectSender>>()));
        builder.Services.AddHostedService<ObjectForwarder>();
        builder.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<IncomingFolder>(services, Path.Combine(services.DataFolder("objects"), "incoming")));
    }

    public static void AddStatus(this IHostApplicationBuilder builder)
    {
        var hosts = StatusEndpoints.Hosts(builder.Configuration);
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = hosts);
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<GatewayReport>(services, services.GetRequiredService<GatewayOptions>().Name));
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<StatusReport>(services, services.GetRequiredService<GatewayOptions>().Name));
    }

    /// <exception cref="ValidationException">A value is wrong; the message names its key, its value and what was expected.</exception>
    private static T Read<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = Strictly(section, () => builder.Configuration.GetSection(section).Get<T>(o => o.ErrorOnUnknownConfiguration = true)) ?? new T();
        if (NullText(options) is { } missing)
            throw new ValidationException($"{section}:{missing} is null; expected text, which may be empty.");
        var wrong = new List<ValidationResult>();
        if (!System.ComponentModel.DataAnnotations.Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
            throw new ValidationException($"Section {section}: {string.Join(" ", wrong.Select(w => w.ErrorMessage))}");
        return options;
    }

    /// <summary>A text that was written as null where one must be.</summary>
    private static string? NullText(object options)
    {
        var nullability = new NullabilityInfoContext();
        return Array.Find(
            options.GetType().GetProperties(),
            p => p.PropertyType == typeof(string) && nullability.Create(p).WriteState == NullabilityState.NotNull && p.GetValue(options) is null)?.Name;
    }

    /// <summary>A value of the wrong type or a key that is not known stops the start by its name.</summary>
    private static T Strictly<T>(string section, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw new ValidationException($"Section {section}: {e.Message}", e);
        }
    }

    private static string DataFolder(this IServiceProvider services, string name) =>
        Path.Combine(services.GetRequiredService<GatewayOptions>().DataDirectory, name);
}
