using IotGateway.Learning;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Hives;
using IotGateway.Learning.Hives.Nest;
using IotGateway.Learning.Linear;

namespace IotGateway.Science.Tests.Learning.Hives;

/// <summary>Artifacts and cards of the hives' models: learnt again, evaluated again.</summary>
public sealed class HiveArtifactTests : IDisposable
{
    private static readonly string Folder = ArtifactFile.FindFolder(AppContext.BaseDirectory);

    private readonly string _scratch = Directory.CreateTempSubdirectory("hives-").FullName;

    public static TheoryData<string> Names => ["hive-nest", "hive-mites", "hive-frames", HiveModels.Healthy];

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Theory]
    [InlineData("hive-mites")]
    [InlineData("hive-frames")]
    public void LearningAgainGivesTheSameBytes(string name)
    {
        HiveModel.Write(_scratch, Kind(name).Train());

        Assert.Equal(File.ReadAllText(Path.Combine(Folder, $"{name}.json")), File.ReadAllText(Path.Combine(_scratch, $"{name}.json")));
    }

    /// <summary>One hive and fortnight of each horizon; the whole takes a minute.</summary>
    [Fact]
    public void LearningAFortnightAgainGivesTheArtifactsNumbers()
    {
        var nests = NestHours.Read();
        var kept = Kind("hive-nest").Read(Folder).Models;

        foreach (var target in NestTarget.All.Where(t => t.Horizon == 6))
        {
            var learnt = NestModel.LearnOne(target, target.Rows(nests), "3691", 3);
            Assert.Equivalent(kept.Without("3691 3", target.Name), learnt, strict: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCardIsWhatTheArtifactGives(string name)
    {
        var kind = Kind(name);

        Assert.Equal(HiveCard.Of(kind, kind.Read(Folder)), File.ReadAllText(Path.Combine(Folder, $"{name}.md")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheBeekeepersPageHasTheCardsTable(string name)
    {
        var page = File.ReadAllText(Path.Combine(Folder, "../../docs/science/hives.md"));
        var table = File.ReadLines(Path.Combine(Folder, $"{name}.md")).SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|'));

        Assert.Contains(string.Join('\n', table), page, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfAnotherFormatModelOrKindIsRefusedByName()
    {
        var kept = File.ReadAllText(Path.Combine(Folder, "hive-mites.json"));
        var next = kept.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_scratch, "hive-mites.json"), next);
        File.WriteAllText(Path.Combine(_scratch, "hive-frames.json"), kept);
        File.Copy(Path.Combine(Folder, "state-varroa.json"), Path.Combine(_scratch, "hive-nest.json"));

        Assert.Contains("format 2; expected format 1", Refusal("hive-mites"), StringComparison.Ordinal);
        Assert.Contains("the model hive-mites; expected the model hive-frames", Refusal("hive-frames"), StringComparison.Ordinal);
        Assert.Contains("expected the JSON that the command train writes", Refusal("hive-nest"), StringComparison.Ordinal);

        string Refusal(string name) => Assert.Throws<ArtifactException>(() => Kind(name).Read(_scratch)).Message;
    }

    [Fact]
    public void ALineHoldsACoefficientForEachFeature() => Assert.All(HiveModels.Carried, kind =>
    {
        var models = kind.Read(Folder).Models;
        Assert.All(models.Lines, l => Assert.Equal(models.Features.Count, l.Model.Coefficients.Count));
        Assert.Contains(models.Lines, l => l.HeldOut == LearntLine.None);
    });

    private static HiveModel Kind(string name)
    {
        var kind = HiveModels.All(AppContext.BaseDirectory).SingleOrDefault(k => k.Name == name);
        if (kind is null)
            Assert.Skip("the checklist's data may not be redistributed: set SHARED_DIR to the folder that has data/bees");
        return kind!;
    }
}
