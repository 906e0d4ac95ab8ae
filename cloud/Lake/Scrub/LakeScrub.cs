using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Data;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>
/// Scrub of the lake, behind everything else: at start it names what the ledger knows and is not there; behind that it mends it, and hour
/// by hour reads a share of all that is kept, a month's round.
/// </summary>
internal sealed class LakeScrub(RawScrub raw, CuratedScrub curated, DataFolder data, TimeProvider time, ILogger<LakeScrub> log)
    : BackgroundService
{
    /// <summary>Shares of a round: an hour's of thirty days.</summary>
    private const int Shares = 720;

    /// <summary>Days of arrival that are looked at before anything else starts.</summary>
    private const int AtStart = 7;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private ScrubPlace? _place;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Told only: mending takes as long as there is much of it, and nothing may wait for that.
        var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-AtStart);
        await TryAsync(stop => raw.MissingAsync(since, mend: false, stop), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            await TryAsync(stop => raw.MissingAsync(DateOnly.MinValue, mend: true, stop), stoppingToken);
            await TryAsync(curated.MissingAsync, stoppingToken);
            do
            {
                await TryAsync(RawShareAsync, stoppingToken);
                await TryAsync(CuratedShareAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the next start goes on from the last place noted.
        }
    }

    private async Task RawShareAsync(CancellationToken cancellation)
    {
        var place = _place ?? ScrubPlace.Read(data.LakeScrub);
        Keep(place with { Object = await raw.ShareAsync(place.Object, Shares, cancellation) });
    }

    private async Task CuratedShareAsync(CancellationToken cancellation)
    {
        var place = _place ?? ScrubPlace.Read(data.LakeScrub);
        Keep(place with { Partition = await curated.ShareAsync(place.Partition, Shares, cancellation) });
    }

    private void Keep(ScrubPlace place)
    {
        _place = place;
        DurableFile.CreateFolder(data.Path);
        DurableFile.Write(data.LakeScrub, JsonSerializer.SerializeToUtf8Bytes(place, ScrubJson.Default.ScrubPlace));
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellation)
    {
        try
        {
            await act(cancellation);
        }
        catch (Exception e) when (e.IsFromDisk() || e is HttpRequestException or TimeoutException)
        {
            log.ScrubFailed(e.Message);
        }
    }
}

/// <summary>Place up to which a round of the scrub has come.</summary>
internal sealed record ScrubPlace(string Object, string Partition)
{
    /// <summary>Reads it; the beginning when there is none, or none that can be read.</summary>
    public static ScrubPlace Read(string file)
    {
        try
        {
            return File.Exists(file)
                && JsonSerializer.Deserialize(OrdinaryFile.Read(file), ScrubJson.Default.ScrubPlace)
                    is { Object: not null, Partition: not null } place
                    ? place
                    : new ScrubPlace("", "");
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            return new ScrubPlace("", "");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScrubPlace))]
internal sealed partial class ScrubJson : JsonSerializerContext;
