using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Settings;

/// <summary>
/// The configuration section <c>Thresholds</c>: from where on the gateway warns, doubts or forgets. The plausible ranges of metrics are
/// not here: a flag must mean the same on every gateway.
/// </summary>
internal sealed class ThresholdOptions
{
    public static readonly ValueRange WarnShares = new(0.1, 0.99);
    public static readonly ValueRange FutureRange = new(1, 86_400);
    public static readonly ValueRange DuplicateRange = new(100, 1_000_000);

    /// <summary>The share of the buffer's limit from which it warns: 0.1 to 0.99. The default value is 0.8.</summary>
    public double WarnShare { get; set; } = 0.8;

    /// <summary>
    /// Seconds by which a device's clock may be ahead before its time is not believed: 1 to 86,400. The default value is 300.
    /// </summary>
    public int FutureSeconds { get; set; } = 300;

    /// <summary>Frames remembered to know a repeated one: 100 to 1,000,000 (about 200 bytes each). The default value is 20,000.</summary>
    public int DuplicateFrames { get; set; } = 20_000;

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static ThresholdOptions Read(IConfiguration configuration) =>
        configuration.Read("Thresholds", s => s.Get<ThresholdOptions>(Options.Strict)).Checked();

    private ThresholdOptions Checked()
    {
        Options.Check(WarnShares, "Thresholds:WarnShare", WarnShare);
        Options.Check(FutureRange, "Thresholds:FutureSeconds", FutureSeconds);
        Options.Check(DuplicateRange, "Thresholds:DuplicateFrames", DuplicateFrames);
        return this;
    }
}
