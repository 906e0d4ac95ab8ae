using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Devices;

/// <summary>The room's entry: repeated frames and frame counters of the devices that are heard.</summary>
internal static class DevicesRoom
{
    public static void AddDevices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
        {
            var tuning = services.GetRequiredService<LiveTuning>();
            return new DuplicateFrames(() => tuning.Now.DuplicateFrames);
        });
        builder.Services.AddSingleton<FrameCounters>();
    }
}
