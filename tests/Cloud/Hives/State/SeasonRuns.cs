using System.Collections.Concurrent;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>Every hour of the recorded season of seven real hives, judged alone and with neighbours and memory, in one run.</summary>
internal sealed class SeasonRuns
{
    private static readonly Lazy<SeasonRuns> Once = new(() => new SeasonRuns());

    private SeasonRuns()
    {
        var site = SiteOf(Recording.Season.Hives);
        var (alone, together) = (Runs(), Runs());
        Parallel.ForEach(Recording.Season.Hives, hive =>
        {
            alone[hive.Key] = [.. Hours(hive.Value).Select(h => RuleAlone.Judge(hive.Value, h))];
            together[hive.Key] = Judge(hive.Key, hive.Value, site, Hours(hive.Value));
        });
        Alone = new(alone, StringComparer.Ordinal);
        Together = new(together, StringComparer.Ordinal);
    }

    public static SeasonRuns All => Once.Value;

    /// <summary>The beekeeper's guide, whose figures are those of these runs.</summary>
    public static string Guide { get; } = File.ReadAllText(Path.Combine(Recording.File_("."), "../../docs/hives.md"));

    /// <summary>The page of how right each forecast was; the rule's part of it is of these runs, too.</summary>
    public static string Science { get; } = File.ReadAllText(Path.Combine(Recording.File_("."), "../../docs/science/hives.md"));

    /// <summary>The record that evaluate prints of these runs.</summary>
    public static string Kept { get; } = File.ReadAllText(Path.Combine(Recording.File_("."), "../../models/artifacts/normal-or-not.md"));

    public SortedDictionary<string, List<HiveState>> Alone { get; }

    public SortedDictionary<string, List<HiveState>> Together { get; }

    public static Neighbourhood SiteOf(IReadOnlyDictionary<string, HiveRecord> hives) =>
        new([.. hives.Select(h => (h.Key, $"Hive {h.Key}", new NestTemperatures(h.Value.Temperature)))]);

    public static List<HiveState> Judge(string hive, HiveRecord record, Neighbourhood site, IEnumerable<DateTimeOffset> hours)
    {
        var (said, visits) = (new List<HiveState>(), Recording.Season.Visits[hive].ToArray());
        foreach (var hour in hours)
            said.Add(Judgement.Judge(record, hive, site, visits, said.LastOrDefault(), hour));
        return said;
    }

    /// <summary>Alarms of a hive outside the hours of its visits, each begun after at least six judged hours without.</summary>
    public static IEnumerable<HiveState> Alarms(string hive, IEnumerable<HiveState> said)
    {
        var (visits, without) = (Recording.Season.Visits[hive].ToArray(), int.MaxValue);
        foreach (var state in said.Where(s => s.State != ColonyState.Silent && !visits.Any(v => v.Holds(s.AsOf))))
        {
            if (state.State is not (ColonyState.Watch or ColonyState.Abnormal))
            {
                without = Math.Min(without, int.MaxValue - 1) + 1;
                continue;
            }

            if (without > 6)
                yield return state;
            without = 0;
        }
    }

    public static IEnumerable<DateTimeOffset> Hours(HiveRecord record)
    {
        var first = record.Temperature[0].Time;
        var hour = first.AddTicks(-(first.Ticks % TimeSpan.TicksPerHour)).AddHours(1);
        for (; hour <= record.Temperature[^1].Time; hour = hour.AddHours(1))
            yield return hour;
    }

    private static ConcurrentDictionary<string, List<HiveState>> Runs() => new(StringComparer.Ordinal);
}
