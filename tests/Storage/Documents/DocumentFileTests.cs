using IotGateway.Storage.Documents;
using IotGateway.Tests.Services;
using LiteDB;
using LiteDB.Engine;

namespace IotGateway.Storage.Tests.Documents;

public sealed class DocumentFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("said.db");

    /// <summary>Never a wrong value without a word: what opens has all of it, and what does not is set aside by name.</summary>
    [Fact]
    public void ADamagedFileOrJournalIsRightOrSetAside()
    {
        var documents = Make(60);
        var (file, journal) = (File.ReadAllBytes(Path), File.ReadAllBytes(_folder.File("said-log.db")));
        FuzzShare.Read(Mutations.Of([file, .. Flipped(file)]), 1_000_000, 300, mutated =>
        {
            foreach (var old in Directory.GetFiles(_folder.Path))
                File.Delete(old);
            File.WriteAllBytes(Path, mutated);
            File.WriteAllBytes(_folder.File("said-log.db"), journal);
            string? reason = null;
            using (var store = DamagedFile.Replace(Path, Open, TimeProvider.System, (why, _) => reason = why))
            {
                var found = store.Collection("said").FindAll().Select(d => d.ToString()).ToList();
                Assert.Equal(reason is null ? documents : [], found);
            }

            Assert.Equal(reason is null ? 0 : 1, Directory.GetFiles(_folder.Path, "*.aside").Length);
        });
    }

    [Fact]
    public void AFileFromBeforeChecksumsIsTakenOver()
    {
        var documents = MakeFormer(300);
        File.WriteAllBytes(_folder.File(".said.db.tmp"), [1, 2, 3]);

        using (var file = new DocumentFile(Path))
        {
            Assert.Equal(documents, All(file));
            file.Change(() => file.Collection("said").Insert(new BsonDocument { ["_id"] = "new" }));
        }

        Assert.True(File.ReadAllBytes(Path).AsSpan().StartsWith("IGWSUMS1"u8));
        using (var file = new DocumentFile(Path))
            Assert.Equal(documents.Count + 1, All(file).Count);
    }

    [Fact]
    public void AFileFromBeforeChecksumsThatIsCutShortIsNoticed()
    {
        MakeFormer(300);
        using (var file = new FileStream(Path, FileMode.Open))
            file.SetLength(file.Length - 5 * PageSums.PageBytes);

        Assert.Throws<DocumentDamageException>(() => new DocumentFile(Path));
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("garbage")]
    public void WhatStandsInTheFilesPlaceIsSetAside(string kind)
    {
        if (kind == "garbage")
            File.WriteAllText(Path, "none of ours");
        else
            System.Diagnostics.Process.Start("mkfifo", Path).WaitForExit();

        string? aside = null;
        using (var file = DamagedFile.Replace(Path, Open, TimeProvider.System, (_, name) => aside = name))
            Assert.Empty(All(file));

        Assert.True(File.Exists(aside));
    }

    [Fact]
    public void AFileWithoutTheRightToReadStays()
    {
        Make(1);
        File.SetUnixFileMode(Path, UnixFileMode.None);

        Assert.Throws<UnauthorizedAccessException>(() => AsNobody.Run(
            () => DamagedFile.Replace(Path, Open, TimeProvider.System, (_, _) => { }).Dispose()));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.aside"));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<byte[]> Flipped(byte[] file) => Enumerable.Range(0, 8).Select(seed =>
    {
        var (copy, random) = ((byte[])file.Clone(), new Random(seed));
        for (var flip = 0; flip < 3; flip++)
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    });

    private static List<string> All(DocumentFile file) => [.. file.Collection("said").FindAll().Select(d => d.ToString())];

    private DocumentFile Open()
    {
        var file = new DocumentFile(Path);
        try
        {
            All(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private List<string> Make(int count)
    {
        using var file = new DocumentFile(Path);
        file.Change(() => Insert(file.Collection("said"), count));
        return All(file);
    }

    /// <summary>A file as LiteDB writes it, in the form of before.</summary>
    private List<string> MakeFormer(int count)
    {
        using var stream = new FileStream(Path, FileMode.Create);
        using var database = new LiteDatabase(new LiteEngine(new EngineSettings
        {
            DataStream = stream,
            LogStream = new MemoryStream(),
            TempStream = new MemoryStream(),
            Collation = Collation.Binary,
        }));
        var documents = database.GetCollection("said", BsonAutoId.ObjectId);
        Insert(documents, count);
        database.Checkpoint();
        return [.. documents.FindAll().Select(d => d.ToString())];
    }

    private static void Insert(ILiteCollection<BsonDocument> into, int count)
    {
        for (var i = 0; i < count; i++)
            into.Insert(new BsonDocument { ["_id"] = $"hive|state|{i:000}", ["j"] = new byte[700 + i] });
    }
}
