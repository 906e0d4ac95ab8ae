using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using IotGateway.Cloud.Objects;
using IotGateway.Tests.Services;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake.Docs;

/// <summary>Commands of docs/lake.md, run as they stand there, on a lake below a folder that is named like a column.</summary>
public sealed class LakeDocsTests
{
    [Fact]
    public async Task TheDuckDbStatementsGiveTheLakesOwnColumnsAndHoursOfUtc()
    {
        using var folder = new TempFolder();
        var lake = await LakeAsync(folder);
        var files = string.Join(", ", Files(lake).Select(f => $"'{f}'"));
        await using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        Run(duck, "SET TimeZone = 'Asia/Kolkata'"); // half an hour off, as a reader's machine may be

        var rows = Run(duck, Block("sql", "read_parquet(").Replace("[…the files…]", $"[{files}]", StringComparison.Ordinal));

        Assert.Equal(
            [
                "a1 hive_temperature 2021-07-01 12:00 20", "a1 hive_temperature 2021-07-01 13:00 25",
                "a2 hive_temperature 2021-07-01 12:00 30",
            ],
            rows.Select(r => string.Create(
                CultureInfo.InvariantCulture, $"{r[0]} {r[1]} {(DateTime)r[2]:yyyy-MM-dd HH:mm} {r[3]}")).Order(StringComparer.Ordinal));
        var source = Block("sql", "read_parquet(").Split('\n').Single(l => l.StartsWith("FROM read_parquet", StringComparison.Ordinal))
            .Replace("[…the files…]", $"[{files}]", StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", Run(duck, "SELECT DISTINCT site " + source).Select(r => r[0].ToString()));
    }

    [Fact]
    public async Task TheCommandsOfPandasGiveTheSameRows()
    {
        Assert.SkipUnless(await PythonAsync("import pandas, pyarrow") is (0, _), "python3 with pandas and pyarrow is not installed");
        using var folder = new TempFolder();
        var lake = await LakeAsync(folder);
        var script = Block("python", "read_parquet").Replace("data/cloud/lake", lake, StringComparison.Ordinal);

        var (exit, said) = await PythonAsync(script + "\nprint(len(df), sorted(df.columns), 'elsewhere' in set(df['site']))");

        Assert.Equal(0, exit);
        Assert.Equal(
            "4 ['device', 'gateway', 'hive', 'metric', 'quality', 'received', 'site', 'time', 'unit', 'value'] False", said.Trim());
    }

    private static async Task<string> LakeAsync(TempFolder folder)
    {
        var lake = Path.Combine(folder.Path, "site=elsewhere", "lake");
        using var bench = new CuratedBench(new FolderObjects(lake));
        await bench.PutAsync(
            Noon.AddMinutes(80), Reading(10, 19, "a1"), Reading(40, 21, "a1"), Reading(70, 25, "a1"), Reading(10, 30, "a2"));
        await bench.PassAsync();
        return lake;
    }

    private static IEnumerable<string> Files(string lake)
    {
        foreach (var partition in Directory.EnumerateFiles(
            Path.Combine(lake, "curated", "_manifest"), "*.json", SearchOption.AllDirectories).GroupBy(Path.GetDirectoryName))
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(partition.Order(StringComparer.Ordinal).Last()));
            foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
                yield return Path.Combine(lake, file.GetProperty("key").GetString()!);
        }
    }

    private static List<object[]> Run(DuckDBConnection duck, string statements)
    {
        using var command = duck.CreateCommand();
        command.CommandText = statements;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        do
        {
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }
        while (reader.NextResult());
        return rows;
    }

    private static async Task<(int Exit, string Said)> PythonAsync(string script)
    {
        var start = new ProcessStartInfo("python3", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var python = Process.Start(start)!;
            var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (python.ExitCode, said + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "there is no python3");
        }
    }

    /// <summary>The one block of a language in the document that holds a word.</summary>
    private static string Block(string language, string word)
    {
        var text = File.ReadAllText(Path.Combine(Loopback.Folder, "..", "..", "docs", "lake.md"));
        return text.Split("```" + language + "\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)])
            .Single(b => b.Contains(word, StringComparison.Ordinal));
    }
}
