using System.Runtime.CompilerServices;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>Recorded and made-up answers; samples/SOURCES.md says which is which.</summary>
internal static class Samples
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), "samples", name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), "samples", name));

    public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
