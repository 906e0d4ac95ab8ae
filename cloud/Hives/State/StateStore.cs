using System.Text.Json;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.State;

/// <summary>States of each hive, one an hour, never rewritten: what was said then stays what was said then.</summary>
internal sealed class StateStore(ITimedDocuments documents)
{
    private const string Series = "state";

    /// <summary>Adds states, said from a hive's devices; an hour that has one keeps it, whoever said it.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> AddAsync(Subject hive, IEnumerable<HiveState> states, CancellationToken cancellation)
    {
        var devices = hive.Devices.Select(d => d.Device).ToArray();
        return documents.AddAsync(
            hive.Key, Series,
            [
                .. states.Select(s => new TimedDocument(
                    s.AsOf, devices, JsonSerializer.SerializeToUtf8Bytes(s, StateJson.Default.HiveState))),
            ], cancellation);
    }

    /// <summary>The newest state; null before the first.</summary>
    public async Task<HiveState?> NewestAsync(Subject hive, CancellationToken cancellation) =>
        await documents.NewestAsync(hive.Key, Series, cancellation) is { } found ? Read(found) : null;

    /// <summary>
    /// States with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<HiveState>> RangeAsync(
        Subject hive, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [.. (await documents.RangeAsync(hive.Key, Series, from, to, limit, cancellation)).Select(Read)];

    private static HiveState Read(TimedDocument document) => JsonSerializer.Deserialize(document.Json, StateJson.Default.HiveState)!;
}
