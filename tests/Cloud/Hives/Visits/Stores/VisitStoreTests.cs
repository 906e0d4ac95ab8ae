using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.Visits.Stores;

/// <summary>Suite that every store of visits passes.</summary>
public abstract class VisitStoreTests
{
    private static readonly DateTimeOffset Noon = new(2021, 7, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId One = DeviceId.Parse("one"), Two = DeviceId.Parse("two");

    internal static readonly SubjectId A = new(SubjectId.Hive, "a"), Ab = new(SubjectId.Hive, "a-b");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AVersionThatStandsStays()
    {
        var store = await OpenAsync();
        Assert.True(await store.AddAsync(A, Written("v", 1, "first"), Stop));
        Assert.False(await store.AddAsync(A, Written("v", 1, "second"), Stop));
        Assert.True(await store.AddAsync(A, Written("v", 2, "second"), Stop));
        Assert.Equal(["first", "second"], (await store.AllAsync(A, Stop)).Select(v => v.Visit.Note));
    }

    [Fact]
    public async Task VersionsComeByVisitAndNumberAndOfTheirHiveAlone()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Written("w", 1), Stop);
        foreach (var version in new[] { 10, 2, 1 })
            await store.AddAsync(A, Written("v", version), Stop);
        await store.AddAsync(Ab, Written("u", 1), Stop);

        Assert.Equal(["v 1", "v 2", "v 10", "w 1"], (await store.AllAsync(A, Stop)).Select(v => $"{v.Id} {v.Version}"));
        Assert.Equal(["u 1"], (await store.AllAsync(Ab, Stop)).Select(v => $"{v.Id} {v.Version}"));
        Assert.Empty(await store.AllAsync(A with { Kind = SubjectId.Site }, Stop));
    }

    [Fact]
    public async Task EverythingThatAVisitHoldsComesBack()
    {
        var store = await OpenAsync();
        var whole = Whole();
        await store.AddAsync(A, new KeptVisit(whole, []), Stop);
        Assert.Equal(whole, Assert.Single(await store.AllAsync(A, Stop)));
    }

    [Fact]
    public async Task ADevicesHivesAreErasedAndNobodyElses()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Written("v", 1, devices: [One, Two]), Stop);
        await store.AddAsync(A, Written("v", 2, devices: [Two]), Stop);
        await store.AddAsync(Ab, Written("u", 1, devices: [One]), Stop);
        await store.AddAsync(Ab, Written("w", 1), Stop);

        Assert.Equal(2, await store.EraseAsync(One, delete: false, Stop));
        Assert.Equal(2, await store.EraseAsync(One, delete: true, Stop));
        Assert.Equal(0, await store.EraseAsync(One, delete: false, Stop));
        Assert.Equal([2], (await store.AllAsync(A, Stop)).Select(v => v.Version));
        Assert.Equal(["w"], (await store.AllAsync(Ab, Stop)).Select(v => v.Id));
        Assert.Equal(1, await store.EraseAsync(Two, delete: true, Stop));
        Assert.Empty(await store.AllAsync(A, Stop));
    }

    internal abstract Task<IVisitStore> OpenAsync();

    internal static KeptVisit Written(string id, int version, string? note = null, params DeviceId[] devices) => new(
        new VisitVersion(id, version, Noon, Noon, false, new Visit(Noon, "Ada") { Note = note }), devices);

    internal static VisitVersion Whole() => new(
        "v", 3, Noon.AddDays(1), Noon.AddMinutes(20), true,
        new Visit(Noon, "Ada")
        {
            End = Noon.AddMinutes(15),
            Boxes = 3,
            FramesOfBees = 24.5,
            FramesOfBrood = 0,
            FramesOfHoney = 10,
            Queen = QueenFound.NotSeen,
            StoresKilograms = 12.5,
            MiteWash = new MiteWash(5, 312),
            Treatment = new Treatment(TreatmentMeans.OxalicAcid, "50 ml dribbled", Removed: true),
            Feeding = new Feeding(Food.Syrup, 4.5),
            Harvest = new Harvest(18.25, 9),
            Loss = new Loss(LossCause.Starvation),
            Swarm = false,
            Split = new Split(5, "b"),
            Checklist = new Checklist(Brood: true, Space: false),
            Disease = BroodDisease.EuropeanFoulbrood,
            Equipment = new Equipment(1, 2, ScaleTared: true, SensorChanged: true),
            Note = "two\nlines",
        });
}
