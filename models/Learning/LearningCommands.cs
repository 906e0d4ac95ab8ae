using System.CommandLine;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Hives;
using IotGateway.Learning.Outlooks;
using IotGateway.Tables;

namespace IotGateway.Learning;

/// <summary>Commands train, evaluate and card; each works on the folder of artifacts and gives the same bytes each time.</summary>
internal static class LearningCommands
{
    private const string Absent =
        $"{HiveModels.Healthy}: its data may not be redistributed and are not here; expected shared/data/bees beside the checkout";

    public static Command Train() => Create("train", "Learn every model anew and write its artifact.", (at, output) =>
    {
        foreach (var kind in PanelModels.All.Where(k => at.Asks(k.Name)))
            output.WriteLine($"{PanelModel.Write(at.Folder, kind.Train(PanelModels.LastYear))} written");
        foreach (var kind in at.Hives(output).Where(k => k.HasArtifact))
            output.WriteLine($"{HiveModel.Write(at.Folder, kind.Train())} written");
    });

    public static Command Evaluate() => Create("evaluate", "Print how right each model was on its frozen test rows.", (at, output) =>
    {
        foreach (var kind in PanelModels.All.Where(k => at.Asks(k.Name)))
        {
            var artifact = kind.Read(at.Folder);
            var forecasts = kind.Forecast(artifact.Models);
            Print(kind.Title, artifact.Version, MarkdownTable.Of(kind.Judge(artifact.Models, forecasts), kind.Text.Looks));
            if (at.Record is { } record)
                RecordFiles.Write(record, kind, artifact, forecasts);
        }

        foreach (var kind in at.Hives(output))
        {
            var artifact = kind.Read(at.Folder);
            var judged = kind.Judge(artifact.Models);
            Print(kind.Title, artifact.Version, MarkdownTable.Of(judged.Lines, kind.Text.Looks));
            foreach (var (reason, count) in judged.SetAside)
                output.WriteLine($"set aside: {count} {reason}");
            if (at.Record is { } record)
                HeldOutRecord.Write(record, kind.Name, judged.Rows);
        }

        foreach (var name in KeptRecords.Names.Where(at.Asks))
            output.WriteLine(KeptRecords.Read(at.Folder, name));

        void Print(string title, string version, string table) => output.WriteLine($"{title}, version {version}\n\n{table}");
    });

    public static Command Card() => Create("card", "Write each model's card, and its word on the next quarter.", (at, output) =>
    {
        foreach (var kind in PanelModels.All.Where(k => at.Asks(k.Name)))
        {
            var artifact = kind.Read(at.Folder);
            Write($"{kind.Name}.md", ModelCard.Of(kind, artifact));
            Write($"{kind.Name}.outlook.json", OutlookFile.Text(kind, artifact));
        }

        foreach (var kind in at.Hives(output))
            Write($"{kind.Name}.md", HiveCard.Of(kind, kind.Read(at.Folder)));

        void Write(string name, string text)
        {
            var path = Path.Combine(at.Folder, name);
            File.WriteAllText(path, text);
            output.WriteLine($"{path} written");
        }
    });

    private static Command Create(string name, string description, Action<Place, TextWriter> run)
    {
        var folder = new Option<DirectoryInfo?>("--artifacts") { Description = "Folder of the artifacts, the checkout's by default." };
        var model = new Option<string?>("--model") { Description = "The one model meant, all by default." };
        var record = new Option<DirectoryInfo?>("--record") { Description = "Folder for every forecast and every coefficient as CSV." };
        var command = new Command(name, description) { folder, model };
        if (name == "evaluate")
            command.Add(record);
        command.SetAction(p => Catch(() => run(
            new(p.GetValue(folder)?.FullName ?? ArtifactFile.FindFolder(Directory.GetCurrentDirectory()), p.GetValue(model),
                name == "evaluate" ? p.GetValue(record)?.FullName : null),
            Console.Out)));
        return command;
    }

    private static int Catch(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception refusal) when (refusal is ArtifactException or TableException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
    }

    /// <summary>Folder that a command works on, the model asked for (null for all), the folder of the record (null for none).</summary>
    private sealed record Place(string Folder, string? Model, string? Record)
    {
        public bool Asks(string name) => Model is null || Model == name;

        /// <summary>The models of hives that are asked for; says so where one cannot be had here.</summary>
        public IEnumerable<HiveModel> Hives(TextWriter output)
        {
            var all = HiveModels.All(Directory.GetCurrentDirectory());
            if (all.Count == HiveModels.Carried.Length && Asks(HiveModels.Healthy))
                output.WriteLine(Absent);
            return all.Where(k => Asks(k.Name));
        }
    }
}
