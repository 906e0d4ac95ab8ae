using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Mixed;

/// <summary>Model learnt from the rows before a year, and used in it.</summary>
internal sealed record LearntModel(int Year, VarianceModel Model);

/// <summary>Models learnt anew each year.</summary>
/// <param name="Years">Ascending, at least one.</param>
internal sealed record LearntModels(IReadOnlyList<LearntModel> Years)
{
    private const int FirstRounds = 10;
    private const int LaterRounds = 4;

    public VarianceModel First => Years[0].Model;

    /// <summary>The newest one that was learnt before a quarter.</summary>
    public VarianceModel For(Quarter quarter) => Years.Last(y => y.Year <= quarter.Year).Model;

    /// <summary>Learns a model for each year, each search beginning where the last one ended.</summary>
    /// <param name="before">The rows before a year.</param>
    /// <param name="first">The first year.</param>
    /// <param name="last">The last.</param>
    public static LearntModels Learn(Func<int, IReadOnlyList<PanelRow>> before, int first, int last)
    {
        var years = new List<LearntModel> { new(first, VarianceSearch.Fit(before(first), FirstRounds)) };
        for (var year = first + 1; year <= last; year++)
            years.Add(new(year, VarianceSearch.Fit(before(year), LaterRounds, years[^1].Model)));
        return new(years);
    }
}
