using IotGateway.Edge.Problems;
using IotGateway.Hosting;

namespace IotGateway.Edge.Sources.Contract;

/// <summary>Problems of the sources: those that have no connection, and losses that they know of.</summary>
internal sealed class SourceProblems(SourceStates sources, TimeProvider time) : IProblems
{
    /// <summary>Time that the first try to connect may take before it is told.</summary>
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(30);

    public IEnumerable<string> Problems() => sources.All().SelectMany(Of);

    private IEnumerable<string> Of(SourceState source)
    {
        if (source.Failure is { } failure)
            yield return $"Source {source.Name} is disconnected: {failure}.";
        else if (source.Lost is { } lost && time.GetElapsedTime(lost) is var lasting && lasting > FirstTry)
            yield return $"Source {source.Name} is without a connection since its start, "
                + $"{Counted.Of((long)lasting.TotalSeconds, "second", "seconds")} ago.";
        foreach (var warning in source.Warnings.Values.Where(w => time.GetElapsedTime(w.Timestamp) < SourceWarning.Stands))
            yield return $"Source {source.Name}: {warning.Text} ({Counted.Of(warning.Times, "time", "times")} since the start, "
                + $"the last {warning.LastAt:u})";
    }
}
