using System.Text.Json;

namespace IotGateway.Cloud.Regions;

/// <summary>Outlooks that this assembly carries. They change with the survey, once a year, and so with a release.</summary>
internal static class RegionOutlooks
{
    private static readonly Lazy<IReadOnlyList<RegionOutlook>> Carried = new(() => [Read("state-loss"), Read("state-varroa")]);

    public static IReadOnlyList<RegionOutlook> All => Carried.Value;

    private static RegionOutlook Read(string model)
    {
        var file = $"{model}.outlook.json";
        using var stream = typeof(RegionOutlooks).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException($"The assembly does not carry {file}.");
        return JsonSerializer.Deserialize(stream, RegionJson.Default.RegionOutlook)!;
    }
}
