using System.Text.Json;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// States of each hive, one an hour, with the findings that began in it, never rewritten: what was said then stays what was said then.
/// </summary>
internal sealed class StateStore(ITimedDocuments documents)
{
    private const string Series = "state";
    private const string BegunSeries = "begun";

    /// <summary>Adds states, said from a hive's devices; an hour that has one keeps it, whoever said it.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> AddAsync(Subject hive, IReadOnlyList<HiveState> states, CancellationToken cancellation)
    {
        var devices = hive.Devices.Select(d => d.Device).ToArray();
        TimedDocument[] begun =
        [
            .. states.Select(s => new BegunWords(s.AsOf, [.. (s.Standing ?? []).Where(x => x.Since == s.AsOf).Select(x => x.Check)]))
                .Where(b => b.Checks.Count > 0)
                .Select(b => new TimedDocument(b.AsOf, devices, JsonSerializer.SerializeToUtf8Bytes(b, StateJson.Default.BegunWords))),
        ];
        if (begun.Length > 0)
            await documents.AddAsync(hive.Key, BegunSeries, begun, cancellation);
        return await documents.AddAsync(
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
    /// The last state as of a time before <paramref name="asOf"/>; null where the three days before have none, longer than which nothing
    /// stands. Another process may have said later ones already.
    /// </summary>
    public async Task<HiveState?> BeforeAsync(Subject hive, DateTimeOffset asOf, CancellationToken cancellation) =>
        await NewestAsync(hive, cancellation) is { } newest && newest.AsOf < asOf
            ? newest
            : await RangeAsync(hive, asOf.AddDays(-3), asOf, int.MaxValue, cancellation) is [.., var last] ? last : null;

    /// <summary>
    /// States with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<HiveState>> RangeAsync(
        Subject hive, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [.. (await documents.RangeAsync(hive.Key, Series, from, to, limit, cancellation)).Select(Read)];

    /// <summary>
    /// Hours with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/> in which findings began, ascending, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<BegunWords>> BegunAsync(
        Subject hive, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
    [
        .. (await documents.RangeAsync(hive.Key, BegunSeries, from, to, limit, cancellation))
            .Select(d => JsonSerializer.Deserialize(d.Json, StateJson.Default.BegunWords)!),
    ];

    /// <summary>The events of a site's apiary, by the newest states of its hives.</summary>
    public async Task<IReadOnlyList<ApiaryEvent>> EventsAsync(Apiary apiary, Site site, CancellationToken cancellation)
    {
        var newest = new List<(Subject, HiveState)>();
        foreach (var hive in apiary.Hives.Where(h => h.Site.Id == site.Id))
        {
            if (await NewestAsync(hive, cancellation) is { } state)
                newest.Add((hive, state));
        }

        return ApiaryEvent.Of(newest);
    }

    private static HiveState Read(TimedDocument document) => JsonSerializer.Deserialize(document.Json, StateJson.Default.HiveState)!;
}
