using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IotGateway.Benchmarks.Native;

/// <summary>
/// The edge published in one form or the other, with its runtime; a native one that is named by <c>NATIVE_EDGE</c> is not published again.
/// </summary>
/// <param name="Path">The executable.</param>
/// <param name="Megabytes">The folder's size.</param>
internal sealed record EdgeProgram(string Path, double Megabytes)
{
    private const string Program = "IotGateway.Edge";

    public static EdgeProgram Ordinary(string folder) => Publish(folder, "--self-contained");

    public static EdgeProgram Native(string folder) =>
        Environment.GetEnvironmentVariable("NATIVE_EDGE") is { Length: > 0 } named ? Of(named) : Publish(folder, "-p:PublishAot=true");

    private static EdgeProgram Publish(string folder, string form)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", System.IO.Path.Combine(Root(), "edge"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, form, "-o",
                folder, "-v", "quiet",
            ]);
        using var publish = Process.Start(start)!;
        publish.WaitForExit();
        return publish.ExitCode == 0
            ? Of(System.IO.Path.Combine(folder, Program))
            : throw new InvalidOperationException($"dotnet publish {form} ended with {publish.ExitCode}.");
    }

    private static EdgeProgram Of(string path) => new(
        path,
        new DirectoryInfo(System.IO.Path.GetDirectoryName(path)!)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => f.Extension is not (".dbg" or ".pdb"))
            .Sum(f => f.Length) / 1e6);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "IotGateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks do not lie inside the checkout.");
        return folder.FullName;
    }
}
