using System.Reflection;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Sources;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Status;

/// <summary>Puts together how the gateway is, for the cloud.</summary>
internal sealed class GatewayReport(string gateway, BatchBuffer buffer, SourceStates sources, Counters counters, TimeProvider time)
{
    /// <summary>The program's version.</summary>
    public static readonly string Version =
        typeof(GatewayReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>When the process started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public GatewayStatus Now()
    {
        var status = buffer.Status;
        return new GatewayStatus(
            gateway, time.GetUtcNow(), Version, Started, status.Batches, status.Readings, status.OldestAppendedAt, status.UsedShare,
            sources.All().ToDictionary(s => s.Name, s => s.State, StringComparer.Ordinal), counters.Snapshot());
    }
}
