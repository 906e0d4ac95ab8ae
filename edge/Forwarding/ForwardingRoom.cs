using IotGateway.Edge.Buffer;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;

namespace IotGateway.Edge.Forwarding;

/// <summary>The room's entry: the way from the buffer to the cloud, and the dead letters.</summary>
internal static class ForwardingRoom
{
    /// <summary>Reads the room's options, and puts in force what the configuration tunes.</summary>
    public static ForwardingOptions AddForwardingOptions(this IHostApplicationBuilder builder)
    {
        var thresholds = ThresholdOptions.Read(builder.Configuration);
        var options = ForwardingOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new LiveTuning(options.Tuning(thresholds)));
        return options;
    }

    /// <summary>Adds the room. The fleet's room gives the claim, status what is reported.</summary>
    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new DeadLetters(services.DataFolder("dead-letters")));
        builder.Services.AddSingleton<PackResolver>();
        builder.Services.AddSingleton<ForwardingStatus>();
        builder.Services.AddSingleton<IProblems, ForwardingProblems>();
        builder.Services.AddHostedService<Requeuer>();
        builder.Services.AddSingleton(services => new Outbox(
            services.GetRequiredService<BatchBuffer>(), Outbox.Destination, services.GetRequiredService<LiveTuning>().Now.BacklogShare,
            Outbox.Patience,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PackResolver>().MustWait));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<AnswerHandler>(
            services, (ILogger)services.GetRequiredService<ILogger<CloudForwarder>>()));
        builder.Services.AddSingleton(services =>
        {
            var tuning = services.GetRequiredService<LiveTuning>().Now;
            return new RateLimit(tuning.PublishesPerSecond, tuning.BytesPerSecond, services.GetRequiredService<TimeProvider>());
        });
        builder.Services.AddSingleton<MessageEncoder>();
        builder.Services.AddSingleton<StatusSender>();
        builder.Services.AddSingleton<BatchPublisher>();
        builder.Services.AddSingleton<BatchSender>();
        builder.Services.AddSingleton<CloudLogin>();
        builder.Services.AddSingleton<CloudSession>();
        builder.Services.AddHostedService<CloudForwarder>();
    }
}
