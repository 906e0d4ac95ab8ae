using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;

namespace IotGateway.Cloud.Tests.Hives.State;

public sealed class ApiaryEventTests
{
    private static readonly DateTimeOffset Noon = new(2021, 7, 15, 16, 0, 0, TimeSpan.Zero);
    private static readonly Apiary Apiary = PagesHost.Apiary(Origin.Recorded, ("a", "Alder"), ("b", "Birch"), ("c", "Cherry"));

    [Fact]
    public void TwoHivesWithinADayAreOneEventWithTheGraverState()
    {
        var found = Assert.Single(ApiaryEvent.Of(
        [
            State("b", ColonyState.Abnormal, "temperature", hoursAgo: 5),
            State("a", ColonyState.Watch, NeighbourRule.Apart, hoursAgo: 20),
            State("c", ColonyState.Watch, "fall", hoursAgo: 80),
        ]));
        Assert.Equal(["a", "b"], found.Hives.Select(h => h.Id));
        Assert.Equal((ColonyState.Abnormal, Noon.AddHours(-20)), (found.State, found.Since));
        Assert.StartsWith(
            "2 hives left what is usual for them within 15 h of each other: Alder, Birch.", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OneHiveOrTwoWeakOnesAreNoEvent()
    {
        Assert.Empty(ApiaryEvent.Of([State("a", ColonyState.Watch, "fall", 2), State("b", ColonyState.Normal, "fall", 2)]));
        Assert.Empty(ApiaryEvent.Of(
            [State("a", ColonyState.Watch, NeighbourRule.Weak, 2), State("b", ColonyState.Watch, SensorRule.Drift, 2)]));
    }

    private static (Subject, HiveState) State(string hive, ColonyState state, string check, int hoursAgo) => (
        Apiary.FindHive(hive)!,
        new HiveState(Noon, state, [new Reason(state, check, "…")], new StateEvidence())
        {
            Standing = [new Standing(check, Noon.AddHours(-hoursAgo), Noon)],
        });
}
