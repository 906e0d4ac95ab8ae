using System.Runtime.CompilerServices;
using System.Text;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Curated.Merging;

/// <summary>Selection of readings.</summary>
/// <param name="From">The first UTC date.</param>
/// <param name="To">The last UTC date.</param>
/// <param name="Metrics">Only these; null for all.</param>
/// <param name="Devices">Only these; null for all.</param>
internal sealed record CuratedQuery(DateOnly From, DateOnly To, IReadOnlySet<string>? Metrics = null, IReadOnlySet<string>? Devices = null);

/// <summary>A reading of the curated lake.</summary>
/// <param name="Received">When its batch reached the cloud; 1970 for files of schema 1, which do not say.</param>
/// <param name="Gateway">Who sent it; empty for files of schema 1.</param>
internal sealed record CuratedReading(
    string Device, string Metric, DateTimeOffset Time, double Value, string Unit, Quality Quality, DateTimeOffset Received, string Gateway,
    string? Hive, string? Site);

/// <summary>Reads the curated lake through its manifests: by family and date, each partition by device, metric and time.</summary>
internal sealed class CuratedReader(IObjectStore store)
{
    private readonly Manifests _manifests = new(store);

    /// <summary>The partitions of a range of dates, by family and date, each as it stands now.</summary>
    public async IAsyncEnumerable<Manifest> PartitionsAsync(CuratedQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var families = query.Metrics?.Select(Metrics.FamilyOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        foreach (var family in families ?? [null!])
        {
            foreach (var (partition, _) in (await _manifests.AllAsync(family, cancellation)).Values)
            {
                if (partition.Date >= query.From && partition.Date <= query.To)
                    yield return await _manifests.NewestAsync(partition, cancellation);
            }
        }
    }

    /// <summary>The readings.</summary>
    /// <param name="query">Which.</param>
    /// <param name="verify">Whether each file's checksum is compared with its manifest's.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidDataException">A file or manifest is missing or damaged.</exception>
    public async IAsyncEnumerable<CuratedReading> ReadAsync(
        CuratedQuery query, bool verify, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var manifest in PartitionsAsync(query, cancellation))
        {
            foreach (var file in manifest.Files)
            {
                using var reader = await OpenAsync(file, query.Devices, verify, cancellation);
                var texts = new CuratedTextCache();
                while (reader.Next(out var row))
                {
                    if (texts.Reading(row) is var reading && query.Devices?.Contains(reading.Device) != false
                        && query.Metrics?.Contains(reading.Metric) != false)
                        yield return reading;
                }
            }
        }
    }

    /// <summary>All rows of one file, whose checksum is compared.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged.</exception>
    public async IAsyncEnumerable<CuratedReading> RowsAsync(ManifestFile file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = await OpenAsync(file, devices: null, verify: true, cancellation);
        var texts = new CuratedTextCache();
        while (reader.Next(out var row))
            yield return texts.Reading(row);
    }

    private async Task<CuratedFileReader> OpenAsync(
        ManifestFile file, IReadOnlySet<string>? devices, bool verify, CancellationToken cancellation)
    {
        try
        {
            return new CuratedFileReader(
                await CuratedFiles.GetAsync(store, file, verify, cancellation), file.Schema, Wanted(devices));
        }
        catch (Exception e) when (e is DamagedFileException or SchemaDriftException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static Func<string, string, bool>? Wanted(IReadOnlySet<string>? devices) => devices is null
        ? null
        : (least, greatest) => devices.Any(d => string.CompareOrdinal(d, least) >= 0 && string.CompareOrdinal(d, greatest) <= 0);
}

/// <summary>Texts of the series read last.</summary>
internal sealed class CuratedTextCache
{
    private CuratedSeries? _series;
    private byte[]? _gateway;
    private string _device = "", _metric = "", _unit = "", _gatewayName = "";
    private string? _hive, _site;

    public CuratedReading Reading(in CuratedRow row)
    {
        if (!ReferenceEquals(row.Series, _series))
        {
            _series = row.Series;
            (_device, _metric, _unit) = (Text(row.Series.Device), Text(row.Series.Metric), Text(row.Series.Unit));
            (_hive, _site) = (row.Series.Hive is { } hive ? Text(hive) : null, row.Series.Site is { } site ? Text(site) : null);
        }

        if (!ReferenceEquals(row.Gateway, _gateway))
            (_gateway, _gatewayName) = (row.Gateway, Text(row.Gateway));
        return new CuratedReading(
            _device, _metric, DateTimeOffset.FromUnixTimeMilliseconds(row.Time), row.Value, _unit, (Quality)row.Quality,
            DateTimeOffset.UnixEpoch.AddTicks(row.Received), _gatewayName, _hive, _site);
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);
}
