using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>The sequences that one destination has acknowledged.</summary>
internal sealed class DestinationCursor(string name, int number)
{
    public string Name { get; } = name;

    /// <summary>Its key in the file.</summary>
    public int Number { get; } = number;

    /// <summary>As the last commit has it.</summary>
    public SequenceSet Durable { get; set; } = new();

    /// <summary>Acknowledged since, waiting for a commit.</summary>
    public SequenceSet Waiting { get; set; } = new();

    /// <summary>Both: what the destination need not send.</summary>
    public SequenceSet Known { get; set; } = new();

    public void Acknowledge(long first, long last)
    {
        Waiting.Add(first, last);
        Known.Add(first, last);
    }
}
