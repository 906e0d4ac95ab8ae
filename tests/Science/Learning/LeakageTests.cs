using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Panel;

namespace IotGateway.Science.Tests.Learning;

/// <summary>Forecasts of the past know nothing of what came: the future shuffled, the state's name permuted, no row twice.</summary>
public class LeakageTests
{
    private static readonly Quarter First = new(2018, 1);
    private static readonly Quarter Last = new(2018, 4);

    [Fact]
    public void ShufflingTheFutureChangesNothing()
    {
        var rows = PanelRows.Few;
        double[] later = [.. rows.Where(r => r.Quarter.Index >= Last.Index).Select(r => r.Percent).Reverse()];
        var next = 0;
        var shuffled = rows.Select(r => r.Quarter.Index < Last.Index ? r : r with { Percent = later[next++] }).ToList();

        Assert.NotEqual(rows, shuffled);
        Assert.Equal(Said(rows), Said(shuffled));
    }

    [Fact]
    public void AModelThatSeesThePresentQuarterIsFoundOut()
    {
        var rows = PanelRows.Few;
        var other = rows.Select(r => r.Quarter == Last ? r with { Percent = 50 - r.Percent / 2 } : r).ToList();

        Assert.NotEqual(Seeing(rows), Seeing(other));

        static List<object> Seeing(IReadOnlyList<PanelRow> all)
        {
            var posterior = PanelRows.After(all.Where(r => r.Quarter.Index <= Last.Index));
            return [.. PanelRows.States.Select(s => (object)posterior.Predict(s, Last)!.Value)];
        }
    }

    [Fact]
    public void UnderAnotherStatesNameTheSkillIsGone()
    {
        var rows = ColonyPanel.Losses().Where(r => r.IsState && r.Quarter.Year is >= 2015 and <= 2019).ToList();
        string[] names = [.. rows.Select(r => r.State).Distinct().Order(StringComparer.Ordinal)];
        var other = names.ToDictionary(s => s, s => names[(Array.IndexOf(names, s) + 17) % names.Length]);
        var history = rows.Select(r => r.Quarter.Index < First.Index ? r with { State = other[r.State] } : r).ToList();

        var own = Error(rows);
        var strangers = Error(history);

        Assert.True(strangers > own + 0.5, $"{strangers:0.00} under another's name, {own:0.00} under its own");
    }

    [Fact]
    public void NoStateHasAQuarterTwice()
    {
        Assert.Distinct(ColonyPanel.Losses().Select(r => (r.State, r.Quarter)));
        Assert.Distinct(ReleasedPanel.Read().Final().Select(r => (r.State, r.Quarter)));
    }

    [Fact]
    public void AForecastAsKnownThenKnowsNoLaterReport()
    {
        var releases = ReleasedPanel.Read();

        Assert.Equal(new Quarter(2019, 1), releases.KnownFor(new(2020, 3))[^1].Quarter);
        Assert.Equal(new Quarter(2020, 2), releases.KnownFor(new(2020, 4))[^1].Quarter);
    }

    private static List<object> Said(IReadOnlyList<PanelRow> rows) =>
    [
        .. Backtest.Rolling(PanelRows.Models, rows, First).Where(f => f.Row.Quarter.Index <= Last.Index)
            .Select(f => (object)(f.Row.State, f.Row.Quarter, f.Said, f.Baseline)),
    ];

    private static double Error(List<PanelRow> rows) => Backtest.Rolling(PanelRows.Models, rows, First)
        .Where(f => f.Row.Quarter.Year == First.Year).Average(f => Math.Abs(f.Said.Median - f.Row.Percent));
}
