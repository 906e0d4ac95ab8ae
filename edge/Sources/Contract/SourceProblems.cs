using IotGateway.Edge.Problems;

namespace IotGateway.Edge.Sources.Contract;

/// <summary>Problems of the sources: those that have no connection.</summary>
internal sealed class SourceProblems(SourceStates sources) : IProblems
{
    public IEnumerable<string> Problems() =>
        sources.All().Where(s => s.State == SourceCondition.Disconnected).Select(s => $"Source {s.Name} is {s.Text}.");
}
