using System.Diagnostics;
using System.Globalization;
using IotGateway.Learning;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Mixed;
using IotGateway.Learning.Outlooks;

namespace IotGateway.Science.Tests.Learning;

/// <summary>Artifacts and cards of the checkout: learnt again, evaluated again, and checked by another program.</summary>
public sealed class ArtifactTests : IDisposable
{
    private static readonly string Folder = ArtifactFile.FindFolder(AppContext.BaseDirectory);

    private readonly string _scratch = Directory.CreateTempSubdirectory("artifacts-").FullName;

    public static TheoryData<string> Names => [.. PanelModels.All.Select(m => m.Name)];

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void LearningTheFirstYearAgainGivesTheArtifactsNumbers(string name)
    {
        var learnt = Kind(name).Train(2018);

        var kept = Kind(name).Read(Folder);
        Assert.Equal(kept.Data, learnt.Data);
        Assert.Equal(kept.Models.First.Mean, learnt.Models.First.Mean, 9);
        Assert.All(kept.Models.First.Effects.Zip(learnt.Models.First.Effects), e => Assert.Equal(e.First.Variance, e.Second.Variance, 9));
        PanelModel.Write(_scratch, learnt);
        Assert.Equivalent(learnt, Kind(name).Read(_scratch), strict: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCardIsWhatTheArtifactGives(string name)
    {
        var kept = File.ReadAllText(Path.Combine(Folder, $"{name}.md"));

        Assert.Equal(ModelCard.Of(Kind(name), Kind(name).Read(Folder)), kept);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheOutlookIsWhatTheArtifactGives(string name)
    {
        var kept = File.ReadAllText(Path.Combine(Folder, $"{name}.outlook.json"));

        Assert.Equal(OutlookFile.Text(Kind(name), Kind(name).Read(Folder)), kept);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheBeekeepersPageHasTheCardsTable(string name)
    {
        var page = File.ReadAllText(Path.Combine(Folder, "../../docs/science/hives.md"));
        var table = File.ReadLines(Path.Combine(Folder, $"{name}.md")).SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|'));

        Assert.Contains(string.Join('\n', table), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "expected the JSON that the command train writes")]
    [InlineData("not JSON", "expected the JSON that the command train writes")]
    [InlineData("<html></html>", "expected the JSON that the command train writes")]
    public void AFileThatIsNoArtifactIsRefused(string text, string expected)
    {
        File.WriteAllText(Path.Combine(_scratch, "state-loss.json"), text);

        var refusal = Assert.Throws<ArtifactException>(() => PanelModels.Loss.Read(_scratch));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherFormatOrModelIsRefusedByName()
    {
        var kept = File.ReadAllText(Path.Combine(Folder, "state-loss.json"));
        var next = kept.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_scratch, "state-loss.json"), next);
        File.WriteAllText(Path.Combine(_scratch, "state-varroa.json"), kept);

        Assert.Contains("format 2; expected format 1",
            Assert.Throws<ArtifactException>(() => PanelModels.Loss.Read(_scratch)).Message, StringComparison.Ordinal);
        Assert.Contains("the model state-loss; expected the model state-varroa",
            Assert.Throws<ArtifactException>(() => PanelModels.Varroa.Read(_scratch)).Message, StringComparison.Ordinal);
    }

    /// <summary>numpy gets the coefficients from the artifact and the survey, and the Brier score from the record.</summary>
    [Fact]
    public void AnotherProgramFindsTheSameCoefficientsAndScore()
    {
        var artifact = PanelModels.Loss.Read(Folder);
        var forecasts = PanelModels.Loss.Forecast(artifact.Models);
        RecordFiles.Write(_scratch, PanelModels.Loss, artifact, forecasts);

        var answer = Numpy("check_panel.py", Path.Combine(Folder, "state-loss.json"),
            Path.Combine(_scratch, "state-loss-coefficients.csv"), Path.Combine(_scratch, "state-loss-record.csv")).Split(' ');

        Assert.InRange(double.Parse(answer[0], NumberStyles.Float, CultureInfo.InvariantCulture), 0, 1e-6);
        var line = LossTable.Of(artifact.Models, forecasts).Single(l => l.Measure.StartsWith("Brier", StringComparison.Ordinal));
        Assert.Equal(line.Model, double.Parse(answer[1], NumberStyles.Float, CultureInfo.InvariantCulture), 9);
        Assert.Equal(line.Count, int.Parse(answer[2], CultureInfo.InvariantCulture));
    }

    private static PanelModel Kind(string name) => PanelModels.All.Single(m => m.Name == name);

    private static string Numpy(string script, params string[] arguments)
    {
        const string Python = "/usr/bin/python3"; // Debian's, which has Debian's numpy
        if (!File.Exists(Python) || Run("-c", "import numpy").Exit != 0)
            Assert.Skip("numpy is not here: apt-get install python3-numpy");
        var (exit, output) = Run([Path.Combine(AppContext.BaseDirectory, "Learning", script), .. arguments]);
        Assert.Equal(0, exit);
        return output.Trim();

        static (int Exit, string Output) Run(params string[] words)
        {
            var start = new ProcessStartInfo(Python, words) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
    }
}
