using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>
/// Disk for what providers said, one gzip of JSON a provider and site, so that a start without a provider has the weather of before.
/// </summary>
internal sealed class WeatherCache(string folder, bool lapseRate, ILogger<WeatherCache> log)
{
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>
    /// Fills a provider's cache from disk. A file of another place, height or correction is not used; one that cannot be read is set aside.
    /// </summary>
    public void Load(ProviderCache cache)
    {
        var path = PathOf(cache);
        if (!cache.Provider.MayKeep || !File.Exists(path))
            return;

        try
        {
            using var file = new FileStream(OrdinaryFile.Open(path), FileAccess.Read);
            if (file.Length > MaxBytes)
                throw new InvalidDataException($"it has {file.Length} bytes; expected at most {MaxBytes}");
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            var kept = JsonSerializer.Deserialize(gzip, WeatherCacheJson.Default.KeptWeather)
                ?? throw new InvalidDataException("it is null");
            if (kept.Place == cache.Place && kept.LapseRate == lapseRate)
                cache.Restore(kept.Hours, kept.Points, kept.LastSuccess);
            else
                log.OtherPlace(path);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            var aside = path + ".unreadable";
            File.Move(path, aside, overwrite: true);
            log.SetAside(path, e.Message, aside);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            log.NotRead(path, e.Message);
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(ProviderCache cache)
    {
        if (!cache.Provider.MayKeep || cache.LastSuccess is not { } success)
            return;

        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(
                gzip, new KeptWeather(cache.Place, lapseRate, success, cache.Points, [.. cache.Versions]),
                WeatherCacheJson.Default.KeptWeather);
        DurableFile.CreateFolder(folder);
        DurableFile.Write(PathOf(cache), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private string PathOf(ProviderCache cache) => Path.Combine(folder, $"{cache.Place.Site}.{cache.Provider.Name}.json.gz");
}

internal sealed record KeptWeather(
    WeatherPlace Place, bool LapseRate, DateTimeOffset LastSuccess, IReadOnlyList<WeatherPoint> Points, IReadOnlyList<WeatherHour> Hours);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptWeather))]
internal sealed partial class WeatherCacheJson : JsonSerializerContext;
