using System.ComponentModel.DataAnnotations;

namespace IotGateway.Edge.Settings;

/// <summary>
/// The configuration section <c>Thresholds</c>: from where on the gateway warns, doubts or forgets. The plausible ranges of metrics are
/// not here: a flag must mean the same on every gateway.
/// </summary>
internal sealed class ThresholdOptions
{
    /// <summary>The share of the buffer's limit from which it warns: 0.1 to 0.99. The default value is 0.8.</summary>
    [Range(0.1, 0.99)]
    public double WarnShare { get; set; } = 0.8;

    /// <summary>Seconds by which a device's clock may be ahead before its time is not believed: 1 to 86,400. The default value is 300.</summary>
    [Range(1, 86_400)]
    public int FutureSeconds { get; set; } = 300;

    /// <summary>Frames remembered to know a repeated one: 100 to 1,000,000 (about 200 bytes each). The default value is 20,000.</summary>
    [Range(100, 1_000_000)]
    public int DuplicateFrames { get; set; } = 20_000;
}
