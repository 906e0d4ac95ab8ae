using IotGateway.Hosting;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>
/// <c>cloud erase</c>: deletes devices' data from a stopped cloud's stores, or only searches, and says what was found before and after.
/// </summary>
internal static class EraseCommand
{
    /// <returns><see cref="ExitCode.Done"/> when nothing is left.</returns>
    public static async Task<int> RunAsync(
        Eraser eraser, IReadOnlySet<DeviceId> devices, bool verify, TextWriter output, TimeProvider time, CancellationToken cancellation)
    {
        var progress = new ProgressLines(output, time);
        if (verify)
        {
            var found = await eraser.SearchAsync(devices, progress.Say, cancellation);
            Tell(output, "found", found);
            return found.Values.All(f => f.IsNothing) ? ExitCode.Done : ExitCode.Incomplete;
        }

        var record = await eraser.RunAsync(devices, progress.Say, cancellation);
        Tell(output, "erased", record.Before);
        Tell(output, "left", record.After);
        foreach (var place in record.NotCovered)
            await output.WriteLineAsync($"not covered: {place}.");
        await output.WriteLineAsync(record.Complete ? "A second search found nothing." : "Not complete: see what is left.");
        return record.Complete ? ExitCode.Done : ExitCode.Incomplete;
    }

    private static void Tell(TextWriter output, string what, IReadOnlyDictionary<string, Found> found)
    {
        foreach (var (place, f) in found.Where(f => what != "left" || !f.Value.IsNothing))
        {
            output.WriteLine($"{what}: {place}: {f.Entries} entries in {f.Holders} of {f.Searched} looked at");
            foreach (var name in f.Unsearched ?? [])
                output.WriteLine($"not searched: {place}: {name}");
        }
    }
}

/// <summary>Says how far a search is, at most every two seconds.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long _said = time.GetTimestamp();

    public void Say(string place, Found found)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_said) < Every)
                return;
            _said = time.GetTimestamp();
            output.WriteLine($"{place}: {found.Searched} looked at, {found.Entries} entries found");
        }
    }
}
