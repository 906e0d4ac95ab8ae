using System.Runtime.CompilerServices;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>The recorded weather of the repository.</summary>
internal static class Recording
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(
        System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(here)!, "../../../firmware-sim/recordings/montreal_hourly_2021_06_2022_12.csv.gz"));
}
