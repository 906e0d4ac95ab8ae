using IotGateway.Learning.Hives;
using IotGateway.Learning.Hives.Checklist;
using IotGateway.Learning.Hives.Frames;
using IotGateway.Learning.Hives.Mites;
using IotGateway.Learning.Hives.Nest;
using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Temperature;
using IotGateway.Science.Scores;
using IotGateway.Tables;

namespace IotGateway.Science.Tests.Learning.Hives;

/// <summary>The hives' models know nothing of what came: the future shuffled, the hive's name permuted, twins told apart.</summary>
public class HiveLeakageTests
{
    private static readonly Lazy<NestHours> Nests = new(NestHours.Read);

    [Fact]
    public void ShufflingTheHoursAheadChangesNoFeature()
    {
        var (hours, outside) = (Nests.Value.Hives[0].Temperature, Nests.Value.Outside);
        const int Now = 800;
        double[] shuffled = [.. hours[..(Now + 1)], .. hours[(Now + 1)..].Reverse()];

        Assert.NotEqual(hours, shuffled);
        foreach (var horizon in new[] { 1, 6, 24 })
        {
            Assert.Equal(Features(hours, Now, horizon), Features(shuffled, Now, horizon));
            Assert.NotEqual(Features(hours, Now + 30, horizon), Features(shuffled, Now + 30, horizon));
        }

        double[] Features(double[] of, int at, int horizon) =>
            NestFeatures.At(NestTerms.Each(of, horizon)[0][at], of, outside, at, horizon);
    }

    [Fact]
    public void ShufflingTheHoursAheadChangesNoInterval()
    {
        var target = NestTarget.All[1];
        var own = target.Rows(Nests.Value).Where(r => r.Hive == "3691").ToList();
        double[] errors = [.. own.Select(r => r.Example.Target)];
        var (now, later) = (own[600].At, own[750].At);
        double[] shuffled = [.. errors.Select((e, i) => own[i].At + target.Horizon <= now ? e : e + 5)];

        Assert.Equal(Interval(errors, now), Interval(shuffled, now));
        Assert.NotEqual(Interval(errors, later), Interval(shuffled, later));

        (double, double) Interval(double[] of, int at) => OwnInterval.Of(OwnInterval.Past(own, of, at, target.Horizon), Reach.Plain);
    }

    [Fact]
    public void LaterInspectionsChangeNothingThatWasKnown()
    {
        var first = Pairs("1,1,Yes,01 1,1,No,15 2,1,Yes,10 2,1,Yes,20 1,1,Yes,29");
        var other = Pairs("1,1,Yes,01 1,1,No,15 2,1,Yes,10 2,1,No,20 1,1,No,29");

        Assert.Equal(first[0].Example.Features, other[0].Example.Features);
        Assert.NotEqual(first[1].Example.Features, other[1].Example.Features);
    }

    /// <summary>A neighbour's inspection of the same day would tell of the day itself.</summary>
    [Fact]
    public void ANeighbourOfTheSameDayIsNotYetKnown() => Assert.Equal(
        Pairs("1,1,Yes,01 1,1,No,15 2,1,Yes,15")[0].Example.Features, Pairs("1,1,Yes,01 1,1,No,15 2,1,No,15")[0].Example.Features);

    /// <summary>A random split of a table with twins puts one of a pair on either side: the score looks better than it is.</summary>
    [Fact]
    public void WithTwinsARandomSplitLooksBetterThanWithout()
    {
        Example[] single = [.. MiteRows.Read().Usable.Select((r, i) => Noisy(r.Example, i))];
        int[] all = [.. single[0].Features.Select((_, i) => i)];
        var recipe = new Recipe(Fits.Squares, (said, target) => Math.Abs(said - target), [all], [0.01]);
        Example[] twins = [.. single, .. single];

        Assert.True(Error(twins) < 0.8 * Error(single), $"{Error(twins):0.000} with twins, {Error(single):0.000} without");

        double Error(Example[] rows)
        {
            Example[] split = [.. rows.Select((r, i) => r with { Group = $"{i * 7919 % 10}" })];
            var models = new LearntLines([], [.. recipe.LearnEach("x", split)]);
            return split.Average(r => Math.Abs(models.Without(r.Group, "x").Model.At(r.Features) - r.Target));
        }

        // A hundred and fifty features of noise: by them a row is known again.
        static Example Noisy(Example row, int index) => row with
        {
            Features = [.. row.Features, .. Enumerable.Range(0, 150).Select(f => Math.Sin((index + 1) * (f + 2) * 12.9898))],
        };
    }

    [Fact]
    public void UnderAnotherHivesNameTheSkillIsGone()
    {
        var rows = FrameRows.Read(Nests.Value);
        string[] hives = [.. rows.Usable.Select(r => r.Example.Group).Distinct().Order(StringComparer.Ordinal)];
        var strangers = rows with
        {
            Usable = [.. rows.Usable.Select(r => r with { Example = r.Example with { Features = Other(r) } })],
        };

        var own = Error(rows);

        Assert.True(Error(strangers) > Math.Max(own + 0.5, rows.Usable.Average(r => Math.Abs(r.Last - r.Example.Target)) - 0.3));

        double Error(FrameRows of) => FrameModel.Judge(of, FrameModel.Learn(rows)).Lines[0].Model;

        double[] Other(FrameRow row)
        {
            var name = hives[(Array.IndexOf(hives, row.Example.Group) + 3) % hives.Length];
            var others = rows.Usable.Where(r => r.Example.Group == name).ToList();
            return others.MinBy(o => Math.Abs(o.Hour - row.Hour))!.Example.Features;
        }
    }

    private static IReadOnlyList<ChecklistRow> Pairs(string inspections)
    {
        var lines = inspections.Split(' ').Select(i => i.Split(','))
            .Select(i => $"{i[0]},{i[1]},NC,2017-06-{i[3]},1,1,1,1,{(i[2] == "Yes" ? 1 : 0)},1,{i[2]}");
        const string Header = "hive,apiary,state,date,brood,bees,queen,food,stressors,space,healthy";
        return ChecklistRows.Of(Table.Read(new StringReader(string.Join('\n', [Header, .. lines])), "checklist.csv")).Usable;
    }
}
