using IotGateway.Edge.Settings;
using IotGateway.Hosting;

namespace IotGateway.Edge.Validate;

/// <summary>The room's entry: repeated frames, frame counters, and what cannot be read.</summary>
internal static class ValidateRoom
{
    public static void AddValidate(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
        {
            var tuning = services.GetRequiredService<LiveTuning>();
            return new DuplicateFrames(() => tuning.Now.DuplicateFrames);
        });
        builder.Services.AddSingleton<FrameCounters>();
        builder.Services.AddSingleton(services => new Quarantine(services.DataFolder("quarantine"), services.GetRequiredService<Counters>()));
    }
}
