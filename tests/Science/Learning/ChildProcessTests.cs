using System.Diagnostics;
using System.Globalization;
using IotGateway.Learning;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Hives;
using IotGateway.Tests.Services;

namespace IotGateway.Science.Tests.Learning;

/// <summary>Every artifact scored by a process of managed files alone and without the processor's vector instructions.</summary>
public sealed class ChildProcessTests : IDisposable
{
    private static readonly string Folder = ArtifactFile.FindFolder(AppContext.BaseDirectory);

    private readonly string _scratch = Directory.CreateTempSubdirectory("child-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    /// <summary>Two small ones in every run, all of them in a long one.</summary>
    public static TheoryData<string> Names => FuzzShare.Long
        ? ["hive-mites", "hive-frames", "hive-nest", "state-loss", "state-varroa"] : ["hive-mites", "hive-frames"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AProcessWithoutNativeFilesSaysTheSameToAMillionth(string name)
    {
        var program = CopyManaged();
        var start = new ProcessStartInfo(
            "dotnet", [program, "evaluate", "--model", name, "--artifacts", Folder, "--record", Path.Combine(_scratch, "child")])
        {
            WorkingDirectory = _scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);

        Record(name, Path.Combine(_scratch, "own"));
        var file = $"{name}-record.csv";
        var own = File.ReadAllLines(Path.Combine(_scratch, "own", file));
        var child = File.ReadAllLines(Path.Combine(_scratch, "child", file));
        Assert.Equal(own.Length, child.Length);
        Assert.All(own.Zip(child), lines => Assert.True(IsSame(lines.First, lines.Second), $"{lines.First}\n{lines.Second}"));
    }

    private static void Record(string name, string folder)
    {
        if (PanelModels.All.FirstOrDefault(m => m.Name == name) is { } panel)
        {
            var artifact = panel.Read(Folder);
            RecordFiles.Write(folder, panel, artifact, panel.Forecast(artifact.Models));
            return;
        }

        var kind = HiveModels.Carried.Single(m => m.Name == name);
        HeldOutRecord.Write(folder, name, kind.Judge(kind.Read(Folder).Models).Rows);
    }

    /// <summary>The program with the assemblies it needs and nothing else, in a folder of its own.</summary>
    private string CopyManaged()
    {
        string[] files =
        [
            "IotGateway.Learning.dll", "IotGateway.Learning.runtimeconfig.json", "IotGateway.Science.dll", "IotGateway.Tables.dll",
            "MathNet.Numerics.dll", "System.CommandLine.dll",
        ];
        foreach (var file in files)
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(_scratch, file));
        return Path.Combine(_scratch, files[0]);
    }

    private static bool IsSame(string one, string other) =>
        one.Split(',').Zip(other.Split(','), (a, b) => a == b || IsNear(a, b)).All(s => s);

    private static bool IsNear(string one, string other) =>
        double.TryParse(one, CultureInfo.InvariantCulture, out var a) && double.TryParse(other, CultureInfo.InvariantCulture, out var b)
        && Math.Abs(a - b) <= 1e-6;
}
