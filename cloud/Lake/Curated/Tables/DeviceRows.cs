using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>Some devices' rows, to be found in data files. For one reader at a time.</summary>
internal sealed class DeviceRows(IReadOnlySet<DeviceId> devices)
{
    private readonly byte[][] _names = [.. devices.Select(d => CuratedSeries.Bytes(d.ToString()))];
    private CuratedSeries? _series;
    private bool _isTheirs;

    /// <summary>True for a row of theirs; rows of a series follow each other and are asked about once.</summary>
    public bool Hold(in CuratedRow row)
    {
        if (!ReferenceEquals(row.Series, _series))
        {
            _series = row.Series;
            _isTheirs = Array.Exists(_names, n => n.AsSpan().SequenceEqual(_series.Device));
        }

        return _isTheirs;
    }

    /// <summary>Their rows in a data file, whichever schema it has.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public long CountIn(byte[] file)
    {
        using var reader = Open(file);
        var count = 0L;
        while (reader.Next(out var row))
            count += Hold(row) ? 1 : 0;
        return count;
    }

    private CuratedFileReader Open(byte[] file)
    {
        try
        {
            return CuratedFileReader.OfAnySchema(file, MayLieBetween);
        }
        catch (SchemaDriftException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private bool MayLieBetween(string least, string greatest) =>
        devices.Any(d => string.CompareOrdinal(d.ToString(), least) >= 0 && string.CompareOrdinal(d.ToString(), greatest) <= 0);
}
