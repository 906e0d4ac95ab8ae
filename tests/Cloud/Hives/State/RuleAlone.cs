using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>The rule of a hive against itself alone, without neighbours, memory or visits.</summary>
internal static class RuleAlone
{
    public static HiveState Judge(HiveRecord record, DateTimeOffset asOf)
    {
        var known = record.KnownAt(asOf);
        return HiveRule.Judge(record, known, new KnownHours(known, asOf), asOf);
    }
}
