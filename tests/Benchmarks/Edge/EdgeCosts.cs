using System.Diagnostics;
using System.Globalization;

namespace IotGateway.Benchmarks.Edge;

/// <summary>Processor time and memory of each candidate, taken beside its rate.</summary>
internal sealed class EdgeCosts
{
    private readonly Dictionary<string, (TimeSpan Cpu, double Readings, long Allocated)> _costs = new(StringComparer.Ordinal);

    /// <summary>Runs a measurement that answers readings a second, and books what the process used for it.</summary>
    public double Measure(string name, Func<double> measure, int readings = 0)
    {
        var (cpu, allocated, start) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var rate = measure();
        var done = readings > 0 ? readings : rate * Stopwatch.GetElapsedTime(start).TotalSeconds;
        var so = _costs.GetValueOrDefault(name);
        _costs[name] = (
            so.Cpu + Environment.CpuUsage.TotalTime - cpu, so.Readings + done, so.Allocated + GC.GetTotalAllocatedBytes() - allocated);
        return rate;
    }

    public void Print(int readingsABatch)
    {
        foreach (var (name, cost) in _costs)
        {
            var batches = cost.Readings / readingsABatch;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name}: {cost.Cpu.TotalMicroseconds / batches:0} µs of processor and {cost.Allocated / batches / 1024:0} KiB "
                    + $"allocated a batch"));
        }
    }
}
