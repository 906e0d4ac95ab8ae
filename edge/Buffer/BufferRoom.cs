using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Buffer;

/// <summary>The room's entry: the durable store between the sources and the destinations.</summary>
internal static class BufferRoom
{
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="destinations">Names of those that acknowledge batches.</param>
    /// <param name="thin">Makes less of a batch when the disk is full.</param>
    public static void AddBuffer(this IHostApplicationBuilder builder, IReadOnlyList<string> destinations, ThinBatch thin)
    {
        var options = BufferOptions.Read(builder.Configuration);
        builder.Services.AddSingleton<IProblems, BufferProblems>();
        builder.Services.AddSingleton(services =>
        {
            if (options.Directory.Length == 0)
                options.Directory = services.DataFolder("buffer");
            var tuning = services.GetRequiredService<LiveTuning>();
            return BatchBuffer.Open(
                options, destinations, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<BatchBuffer>>(),
                thin, () => tuning.Now.WarnShare);
        });
    }

    /// <summary>Opens the buffer now, so that a folder that cannot be used stops the start with its reason.</summary>
    public static void OpenBuffer(this WebApplication app) => app.Services.GetRequiredService<BatchBuffer>();
}
