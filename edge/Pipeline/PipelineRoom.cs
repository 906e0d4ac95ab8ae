namespace IotGateway.Edge.Pipeline;

/// <summary>The room's entry: the loop that takes what the sources observed into the buffer.</summary>
internal static class PipelineRoom
{
    public static void AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Discards>();
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Intake>());
    }
}
