using IotGateway.Edge.Settings;
using IotGateway.Hosting;

namespace IotGateway.Edge.Pipeline;

/// <summary>The room's entry: the loop that takes what the sources observed into the buffer, and what it cannot use.</summary>
internal static class PipelineRoom
{
    public static void AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Discards>();
        builder.Services.AddSingleton(services => new Quarantine(
            services.DataFolder("quarantine"), services.GetRequiredService<Counters>()));
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddSingleton<DecodingStep>();
        builder.Services.AddSingleton<StoringStep>();
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Intake>());
    }
}
