using System.Reflection;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Sources;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Status;

/// <summary>Puts together how the gateway is, for the cloud.</summary>
internal sealed class GatewayReport(string gateway, BatchBuffer buffer, SourceStates sources, Counters counters, GatewayClock clock, TimeProvider time)
{
    /// <summary>The program's version.</summary>
    public static readonly string Version =
        typeof(GatewayReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long _started = time.GetTimestamp();

    /// <summary>When the process started, by what is known of the time now.</summary>
    public DateTimeOffset Started => clock.At(_started);

    public GatewayStatus Now()
    {
        var status = buffer.Status;
        return new GatewayStatus(
            gateway, clock.Now(), Version, Started, status.Batches, status.Readings, status.OldestAppendedAt, status.UsedShare,
            sources.All().ToDictionary(s => s.Name, s => s.State, StringComparer.Ordinal), Counts());
    }

    private SortedDictionary<string, long> Counts()
    {
        var state = clock.State;
        return new SortedDictionary<string, long>(counters.Snapshot().ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["clock.synchronised"] = state.State == "synchronised" ? 1 : 0,
            ["clock.jumps"] = state.Jumps,
            ["clock.correction_ms"] = (long)Math.Round((state.CorrectionSeconds ?? 0) * 1000),
            ["clock.retimed"] = state.Retimed,
            ["clock.sent_unsure"] = state.SentUnsure,
        };
    }
}
