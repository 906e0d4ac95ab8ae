using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Past;
using IotGateway.Cloud.Hives.State.Signs;
using IotGateway.Cloud.Hives.Visits;

namespace IotGateway.Cloud.Tests.Hives.State.Past;

public sealed class WordVerdictsTests
{
    private static readonly Visit Seen = new(new DateTimeOffset(2021, 7, 15, 16, 0, 0, TimeSpan.Zero), "Ada");

    [Fact]
    public void AVisitTellsOfASwarmADeathATheftAndStores()
    {
        Assert.True(Of(ScaleSigns.Swarm, Seen with { Swarm = true }));
        Assert.False(Of(ScaleSigns.Swarm, Seen with { Swarm = false }));
        Assert.Null(Of(ScaleSigns.Swarm, Seen with { FramesOfBees = 10 }));
        Assert.True(Of(DeathRule.Death, Seen with { Loss = new Loss(LossCause.Mites) }));
        Assert.False(Of(DeathRule.Death, Seen with { FramesOfBees = 3 }));
        Assert.Null(Of(DeathRule.Death, Seen with { FramesOfBees = 0 }));
        Assert.True(Of(ScaleSigns.Theft, Seen with { Loss = new Loss(LossCause.Theft) }));
        Assert.False(Of(ScaleSigns.Theft, Seen with { Queen = QueenFound.Right }));
        Assert.False(Of(ScaleSigns.Robbing, Seen with { Loss = new Loss(LossCause.Queen) }));
        Assert.True(Of(StoresRule.Starvation, Seen with { StoresKilograms = 1 }));
        Assert.False(Of(StoresRule.Starvation, Seen with { Checklist = new Checklist(Food: true) }));
        Assert.Null(Of(StoresRule.Starvation, Seen));
    }

    [Fact]
    public void WeakIsAQuarterBelowItsNeighboursFrames()
    {
        Assert.True(Of(NeighbourRule.Weak, Seen with { FramesOfBees = 15 }, 20, 20, 30));
        Assert.False(Of(NeighbourRule.Weak, Seen with { FramesOfBees = 16 }, 20, 20, 30));
        Assert.Null(Of(NeighbourRule.Weak, Seen with { FramesOfBees = 2 }));
        Assert.Null(Of(NeighbourRule.Weak, Seen, 20, 20));
    }

    [Fact]
    public void AnyOtherWordIsToldByWhateverTroubleAVisitFinds()
    {
        Assert.True(Of("fall", Seen with { Queen = QueenFound.NotSeen }));
        Assert.True(Of("fall", Seen with { Checklist = new Checklist(Bees: true, Space: false) }));
        Assert.False(Of("fall", Seen with { Queen = QueenFound.Right }));
        Assert.Null(Of("fall", Seen with { FramesOfBees = 10 }));
        Assert.True(Of(SensorRule.Drift, Seen with { Equipment = new Equipment(SensorChanged: true) }));
    }

    [Theory]
    [InlineData(0, 0, "It is not yet known how often such a word is right: said 3 times here, and no visit has told.")]
    [InlineData(2, 5, "Said 3 times here; visits within 14 days told of 7: right 2 times (8 to 64 %, 95 %).")]
    [InlineData(3, 0, "told of 3: right 3 times (44 to 100 %, 95 %). Of all visits that tell, 5 of 60 found such a thing.")]
    public void ARecordSaysWhatIsKnownWithItsInterval(int right, int wrong, string words) =>
        Assert.Contains(words, new WordRecord("fall", 3, right, wrong, 60, 5).Text, StringComparison.Ordinal);

    private static bool? Of(string check, Visit visit, params double[] neighbours) => WordVerdicts.Of(check, visit, neighbours);
}
