using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Data;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Cards;

/// <summary>Model of the survey: the rows it learns from, the table it is judged by, and what its card tells.</summary>
internal sealed record PanelModel(
    string Name, string Title, string Table, string TrainedOn, Func<int, IReadOnlyList<PanelRow>> RowsBefore,
    Func<IReadOnlyList<PanelRow>> Rows, Func<LearntModels, IReadOnlyList<Forecasted>, IReadOnlyList<TableLine>> Judge, CardText Text,
    bool AsksHighLoss)
{
    private const string Version = "1";
    private const int FirstYear = 2018;

    /// <summary>Learns the model anew, for each year from 2018 on.</summary>
    /// <param name="last">The last year.</param>
    public ModelArtifact<LearntModels> Train(int last) => new(
        ModelArtifact<LearntModels>.ThisFormat, Name, Version, TrainedOn, DataFiles.HashOf(Table),
        LearntModels.Learn(RowsBefore, FirstYear, last));

    /// <summary>Writes its artifact and tells the path.</summary>
    public static string Write(string folder, ModelArtifact<LearntModels> artifact) =>
        ArtifactFile.Write(folder, artifact, ArtifactJson.Default.Panel);

    /// <summary>Its artifact in a folder.</summary>
    /// <exception cref="ArtifactException">There is another, or none that can be read.</exception>
    public ModelArtifact<LearntModels> Read(string folder) => ArtifactFile.Read(folder, Name, ArtifactJson.Default.Panel);

    /// <summary>Every quarter from the first year's on as it would have been forecast from those before.</summary>
    public IReadOnlyList<Forecasted> Forecast(LearntModels models) => Backtest.Rolling(models, Rows(), new(FirstYear, 1));

    /// <summary>The lines of its card's table.</summary>
    public IReadOnlyList<TableLine> Evaluate(LearntModels models) => Judge(models, Forecast(models));
}
