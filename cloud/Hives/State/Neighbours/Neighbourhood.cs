using System.Collections.Concurrent;
using IotGateway.Cloud.Hives.State.Signs;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>Hives of a site, whose nests are compared at the same hours.</summary>
/// <param name="hives">With the names people call them by.</param>
internal sealed class Neighbourhood(IReadOnlyList<(string Id, string Name, NestTemperatures Hours)> hives)
{
    /// <summary>Hives of a site that are compared at most; more make their median no better.</summary>
    public const int MostHives = 25;

    private readonly ConcurrentDictionary<(string Id, DateTimeOffset AsOf), Nest> _nests = [];

    /// <summary>No other hive is known.</summary>
    public static Neighbourhood None { get; } = new([]);

    /// <summary>Gains of those that stand on scales.</summary>
    public WeekGains Gains { get; init; } = WeekGains.None;

    /// <summary>The neighbours of a hive as they were known at a time, with something read in the last hours.</summary>
    public IReadOnlyList<Neighbour> Of(string hive, DateTimeOffset asOf) =>
    [
        .. hives
            .Where(h => h.Id != hive)
            .Select(h => new Neighbour(h.Name, _nests.GetOrAdd((h.Id, asOf), _ => new Nest(h.Hours.Back(asOf)))))
            .Where(n => n.Nest.Now is not null),
    ];
}

/// <summary>Another hive of the same site.</summary>
internal sealed record Neighbour(string Name, Nest Nest);
