using System.Reflection;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Status;

/// <summary>The gateway's status as the cloud gets it.</summary>
internal sealed class GatewayReport(
    GatewayOptions gateway, BatchBuffer buffer, SourceStates sources, Counters counters, GatewayClock clock, TimeProvider time)
{
    /// <summary>The program's version.</summary>
    public static readonly string Version =
        typeof(GatewayReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";

    /// <summary>
    /// The most bytes of a status: a broker that takes less than AWS IoT Core's 128 KB ends the connection over its size.
    /// </summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>Most counters that a status lists, and fewer where it would be too large.</summary>
    private const int MaxCounters = 500;
    private const int MaxSources = 100;
    private const int MaxTextLength = 200;
    private const string LeftOut = "status.left_out";

    private readonly long _started = time.GetTimestamp();

    /// <summary>Start of the process, by what is known of the time now.</summary>
    public DateTimeOffset Started => clock.At(_started);

    public GatewayStatus Now()
    {
        var status = Now(MaxSources, MaxCounters);
        for (var (most, counts) = (MaxSources, MaxCounters); counts > 0 && status.ToJson().Length > MaxBytes;)
        {
            (most, counts) = (most / 2, counts / 2);
            status = Now(most, counts);
        }

        return status;
    }

    private GatewayStatus Now(int maxSources, int maxCounters)
    {
        var status = buffer.Status;
        var known = sources.All();
        var counts = Counts();
        var leftOut = Math.Max(0, known.Count - maxSources) + Math.Max(0, counts.Count - maxCounters);
        foreach (var name in counts.Keys.Skip(maxCounters).ToList())
            counts.Remove(name);
        if (leftOut > 0)
            counts[LeftOut] = leftOut;
        return new GatewayStatus(
            gateway.Name, clock.Now(), Version, Started, status.Batches, status.Readings, status.OldestAppendedAt,
            Math.Min(status.UsedShare, 1),
            known.Take(maxSources).ToDictionary(s => s.Name, s => Short(s.Text), StringComparer.Ordinal), counts);
    }

    private static string Short(string text) => text.Length > MaxTextLength ? string.Concat(text.AsSpan(0, MaxTextLength), "…") : text;

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
