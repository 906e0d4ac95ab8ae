using System.CommandLine;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Outlooks;

namespace IotGateway.Learning;

/// <summary>Commands train, evaluate and card; each works on the folder of artifacts and gives the same bytes each time.</summary>
internal static class LearningCommands
{
    public static Command Train() => Create("train", "Learn every model anew and write its artifact.", (folder, _, output) =>
    {
        foreach (var kind in PanelModels.All)
        {
            var path = ArtifactFile.Write(folder, kind.Train(PanelModels.LastYear));
            output.WriteLine($"{path} written");
        }
    });

    public static Command Evaluate()
    {
        var record = new Option<DirectoryInfo?>("--record") { Description = "Folder for every forecast and every coefficient as CSV." };
        var command = Create("evaluate", "Print how right each model was on its frozen test rows.", EvaluateAll);
        command.Add(record);
        return command;

        void EvaluateAll(string folder, ParseResult parsed, TextWriter output)
        {
            foreach (var kind in PanelModels.All)
            {
                var artifact = ArtifactFile.Read(folder, kind.Name);
                var forecasts = kind.Forecast(artifact.Models);
                output.WriteLine($"{kind.Title}, version {artifact.Version}\n");
                output.WriteLine(MarkdownTable.Of(kind.Judge(artifact.Models, forecasts)));
                if (parsed.GetValue(record) is { } to)
                    RecordFiles.Write(to.FullName, kind, artifact, forecasts);
            }
        }
    }

    public static Command Card() => Create("card", "Write each model's card, and its word on the next quarter.", (folder, _, output) =>
    {
        foreach (var kind in PanelModels.All)
        {
            var path = Path.Combine(folder, $"{kind.Name}.md");
            var artifact = ArtifactFile.Read(folder, kind.Name);
            File.WriteAllText(path, ModelCard.Of(kind, artifact));
            output.WriteLine($"{path} written");
            var outlook = Path.Combine(folder, $"{kind.Name}.outlook.json");
            File.WriteAllText(outlook, OutlookFile.Text(kind, artifact));
            output.WriteLine($"{outlook} written");
        }
    });

    private static Command Create(string name, string description, Action<string, ParseResult, TextWriter> run)
    {
        var folder = new Option<DirectoryInfo?>("--artifacts") { Description = "Folder of the artifacts, the checkout's by default." };
        var command = new Command(name, description) { folder };
        command.SetAction(p => Catch(() => run(
            p.GetValue(folder)?.FullName ?? ArtifactFile.FindFolder(Directory.GetCurrentDirectory()), p, Console.Out)));
        return command;
    }

    private static int Catch(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception refusal) when (refusal is ArtifactException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
    }
}
