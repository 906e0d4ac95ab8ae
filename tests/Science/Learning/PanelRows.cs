using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;

namespace IotGateway.Science.Tests.Learning;

/// <summary>Part of the survey that is quick to work with, and a model of round figures.</summary>
internal static class PanelRows
{
    public static readonly string[] States = ["AL", "FL", "GA", "IA", "MN", "ND", "WI"];

    /// <summary>The losses of seven states up to 2019.</summary>
    public static readonly IReadOnlyList<PanelRow> Few =
        [.. ColonyPanel.Losses().Where(r => States.Contains(r.State) && r.Quarter.Year <= 2019)];

    public static readonly VarianceModel Model = VarianceModel.Guess(3.2, 1.5);

    public static LearntModels Models => new([new LearntModel(2015, Model)]);

    public static PanelPosterior After(IEnumerable<PanelRow> rows)
    {
        var posterior = new PanelPosterior(Model);
        posterior.Add(rows);
        return posterior;
    }
}
