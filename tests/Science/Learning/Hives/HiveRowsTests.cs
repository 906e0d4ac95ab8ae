using IotGateway.Learning.Data;
using IotGateway.Learning.Hives.Checklist;
using IotGateway.Learning.Hives.Frames;
using IotGateway.Learning.Hives.Mites;
using IotGateway.Learning.Hives.Nest;
using IotGateway.Science.Hive.Learnt;
using IotGateway.Tables;

namespace IotGateway.Science.Tests.Learning.Hives;

/// <summary>Rows of the hives' tables: the published counts, and what cannot be used, by its reason.</summary>
public class HiveRowsTests
{
    private static readonly NestHours NoSensors = new([], []);

    [Fact]
    public void TheTestSetsHaveTheirPublishedSizesAndBaselines()
    {
        var mites = MiteRows.Read();
        var frames = FrameRows.Read(NestHours.Read());

        Assert.Equal(122, mites.Usable.Count);
        Assert.Equal(2.47, mites.Usable.Average(r => Math.Abs(r.After.PerHundred - r.Before.PerHundred)), 2);
        Assert.Equal(2.35, mites.Usable.Average(r => Math.Abs(r.After.PerHundred - (2 * r.Before.PerHundred))), 2);
        Assert.Equal(177, mites.Usable.Count + mites.SetAside.Sum(s => s.Count));
        Assert.Equal(62, frames.Usable.Count);
        Assert.Equal(2.96, frames.Usable.Average(r => Math.Abs(r.Last - r.Example.Target)), 2);
    }

    [Theory]
    [InlineData("5,0", "5,300", "day 77: a wash of bees outside 1 to 5000")]
    [InlineData("5,300", "5,0", "the end: a wash of bees outside 1 to 5000")]
    [InlineData("-1,300", "5,300", "mites below 0")]
    [InlineData("5,90000", "5,300", "a wash of bees outside 1 to 5000")]
    [InlineData("NA,NA", "5,300", "not washed")]
    public void AWashThatIsNoneIsSetAsideWithItsReason(string before, string after, string reason)
    {
        var rows = MiteRows.Of(Read($"{Washes}\n{before},{after},2022-05-24,7/1/22,Control,p,Shaw"));

        Assert.Empty(rows.Usable);
        Assert.Contains(reason, Assert.Single(rows.SetAside).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-2", "visits with frames outside 0 to 120")]
    [InlineData("400", "visits with frames outside 0 to 120")]
    [InlineData("", "visits without frames of bees")]
    [InlineData("8", "first visits")]
    public void AVisitThatSaysNothingIsSetAsideWithItsReason(string frames, string reason)
    {
        var rows = FrameRows.Of(Read($"hive,begin,boxes,frames_of_bees\n1,2021-06-22T20:30:00Z,1,{frames}"), NoSensors);

        Assert.Empty(rows.Usable);
        Assert.Equal((reason, 1), Assert.Single(rows.SetAside));
    }

    [Fact]
    public void AVisitWithoutSensorsIsSetAside() => Assert.Equal(
        ["first visits", "visits with less than three days of sensors in the week before"],
        FrameRows.Of(Read("hive,begin,boxes,frames_of_bees\n1,2021-06-22T20:30:00Z,1,8\n1,2021-06-29T20:30:00Z,1,8"), NoSensors)
            .SetAside.Select(s => s.Reason));

    [Fact]
    public void ThreeReadingsOrAMonthsGapGiveNoInterval()
    {
        var hours = Enumerable.Repeat(double.NaN, 24 * 60).ToArray();
        foreach (var at in new[] { 0, 1, 7, 800, 801, 807 })
            hours[at] = 34;
        var nests = new NestHours([new NestSeries("1", hours, hours)], [.. hours.Select(_ => 20.0)]);
        var rows = NestTarget.All[1].Rows(nests);

        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.All(r.Example.Features, f => Assert.True(double.IsFinite(f))));
        Assert.True(double.IsNaN(OwnInterval.Of(OwnInterval.Past(rows, new double[rows.Count], 807, 6), Reach.Plain).Low));
        Assert.Null(NestWeek.Before(hours, nests.Outside, 900));
    }

    [Fact]
    public void AnItemThatIsNeitherMetNorNotIsRefusedByItsCell()
    {
        const string Header = "hive,apiary,state,date,brood,bees,queen,food,stressors,space,healthy";

        var refusal = Assert.Throws<TableException>(
            () => ChecklistRows.Of(Read($"{Header}\n1,1,NC,2017-06-01,1,2,1,1,1,1,Yes")));

        Assert.Contains("column bees: '2' cannot be read; expected 0 to 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwinsAreDroppedAndCounted()
    {
        const string Header = "hive,apiary,state,date,brood,bees,queen,food,stressors,space,healthy";
        const string Day = "1,1,NC,2017-06-01,1,1,1,1,1,1,Yes";

        var rows = ChecklistRows.Of(Read($"{Header}\n{Day}\n{Day}\n1,1,NC,2017-06-11,1,1,1,1,1,1,Yes\n1,1,NC,,1,1,1,1,1,1,Yes"));

        Assert.Single(rows.Usable);
        Assert.Equal([1, 1, 0], rows.SetAside.Select(s => s.Count));
    }

    [Fact]
    public void TheChecklistHasItsPublishedSize()
    {
        if (ReferenceData.ReadChecklist(AppContext.BaseDirectory) is not { } table)
        {
            Assert.Skip("the checklist's data may not be redistributed: set SHARED_DIR to the folder that has data/bees");
            return;
        }

        Assert.Equal(1826, ChecklistRows.Of(table).Usable.Count);
    }

    private const string Washes = "ch77_var_total,ch77_wash_bees,chpost_var_total,chpost_wash_bees,date,chpost_date,"
        + "trt_label,parent_id,new_yard";

    private static Table Read(string text) => Table.Read(new StringReader(text), "rows.csv");
}
