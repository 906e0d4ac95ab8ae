using IotGateway.Edge.Problems;
using IotGateway.Hosting;

namespace IotGateway.Edge.Buffer;

/// <summary>Problems of the buffer and its disk.</summary>
internal sealed class BufferProblems(BatchBuffer buffer) : IProblems
{
    public IEnumerable<string> Problems()
    {
        var status = buffer.Status;
        if (!status.Writable)
            yield return "The disk refuses writes: nothing new is acknowledged until it takes them again.";
        if (status.Warning)
            yield return $"The buffer is {status.UsedShare:P0} full.";
        if (status.DamagedFiles > 0)
        {
            var damaged = Counted.Of(status.DamagedFiles, "damaged buffer file was", "damaged buffer files were");
            yield return $"{damaged} set aside; what could be read was kept.";
        }
    }
}
