using IotGateway.Hosting;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Erasure;

/// <summary><c>cloud retain</c>: lists what a stopped cloud's stores hold beyond its time, and lets it go when told to.</summary>
/// <param name="stores">All that the rooms declare.</param>
/// <param name="time">The clock that counts the days.</param>
internal sealed class RetainCommand(IEnumerable<IRetained> stores, TimeProvider time)
{
    // What was concluded goes before the readings it was concluded from: a device without readings leaves the list of devices.
    private readonly IRetained[] _stores = [.. stores.OrderByDescending(s => s.Origin)];

    /// <summary>The words that days are given for.</summary>
    public IEnumerable<string> Words => _stores.Select(s => s.Word).Distinct(StringComparer.Ordinal);

    /// <param name="days">How many days are kept, by word; what is not named is kept for ever.</param>
    /// <param name="apply">Whether to let it go.</param>
    /// <param name="output">Where the list goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="FormatException">Days are asked for where all is kept.</exception>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, int> days, bool apply, TextWriter output, CancellationToken cancellation)
    {
        foreach (var store in _stores)
            Options.Check(
                store.Expected is null || !days.ContainsKey(store.Word), $"--{store.Word}-days", days.GetValueOrDefault(store.Word),
                store.Expected ?? "");

        var (counts, stay) = (new List<(string Noun, long Gone)>(), 0L);
        foreach (var store in _stores)
        {
            var result = days.TryGetValue(store.Word, out var kept)
                ? await store.LetGoAsync(
                    time.GetUtcNow().AddDays(-kept), apply, line => output.WriteLine($"{store.Word,-10} {line}"), cancellation)
                : default;
            counts.Add((store.Noun, result.Gone));
            stay += result.Stay;
        }

        var sums = counts.GroupBy(c => c.Noun, StringComparer.Ordinal).Reverse().Select(g => $"{g.Sum(c => c.Gone)} {g.Key}").ToList();
        var all = sums.Count > 1 ? $"{string.Join(", ", sums.SkipLast(1))} and {sums[^1]}" : sums.SingleOrDefault("nothing");
        await output.WriteLineAsync(
            $"{all} {(apply ? "were let go" : "would go; --apply lets them go")}; {stay} raw objects that are due stay.");
        return ExitCode.Done;
    }
}
