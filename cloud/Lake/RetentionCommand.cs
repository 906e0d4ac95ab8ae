using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Lake;

/// <summary><c>cloud retain</c>: lists what a stopped cloud's folder holds beyond its time, and lets it go when told to.</summary>
internal static class RetentionCommand
{
    public static async Task<int> Run(DataFolder data, int? rawDays, int? curatedDays, bool apply, TextWriter output, CancellationToken cancellation)
    {
        using var hold = data.Lock();
        var report = await new Retention(new FolderObjects(data.Lake), TimeProvider.System).Run(rawDays, curatedDays, dryRun: !apply, cancellation);
        foreach (var key in report.Raw)
            await output.WriteLineAsync($"raw        {key}");
        foreach (var partition in report.Partitions)
            await output.WriteLineAsync($"curated    {partition}");
        foreach (var key in report.Kept)
            await output.WriteLineAsync($"kept       {key}: the curated lake does not hold all of it yet");
        await output.WriteLineAsync(
            $"{report.Raw.Count} raw objects and {report.Partitions.Count} partitions {(apply ? "were let go" : "would go; --apply lets them go")}; {report.Kept.Count} raw objects that are due stay.");
        return 0;
    }
}
