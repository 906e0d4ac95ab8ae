using System.Security.Cryptography;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Curated.Merging;

/// <summary>Writes sorted rows as data files of a partition, a new one whenever one is full; each is read back before it counts.</summary>
internal sealed class CuratedFiles(IObjectStore store, CuratedBuffers buffers, Partition partition, int? hour, DateTimeOffset created)
    : IDisposable
{
    /// <summary>Rows in a file: what is held in memory at once.</summary>
    public const int MaxRows = 2_000_000;

    /// <summary>Bytes after which a file ends, too: texts that do not repeat make few rows large.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly List<ManifestFile> _written = [];
    private CuratedFileWriter? _writer;
    private long _flagged;

    /// <summary>The files so far.</summary>
    public IReadOnlyList<ManifestFile> Written => _written;

    /// <summary>Rows whose value is no number.</summary>
    public long NotFinite { get; private set; }

    public bool IsFull => _writer is not null && (_writer.Rows >= MaxRows || buffers.File.Length >= MaxBytes);

    public void Add(in CuratedRow row)
    {
        if (_writer is null)
        {
            buffers.File.SetLength(0);
            _writer = new CuratedFileWriter(buffers.File, buffers.Columns);
        }

        _writer.Add(row);
        if (((Quality)row.Quality & Observation.Unusable) != Quality.Good)
            _flagged++;
        if (!double.IsFinite(row.Value))
            NotFinite++;
    }

    /// <summary>Ends the file that is being written.</summary>
    /// <exception cref="SchemaDriftException">What was written does not have the columns it should.</exception>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (_writer is null)
            return;

        _writer.Close();
        _writer.Dispose();
        _writer = null;
        var bytes = buffers.File.GetBuffer().AsMemory(0, (int)buffers.File.Length);
        long rows;
        using (var written =
            new ParquetSharp.ParquetFileReader(new MemoryStream(buffers.File.GetBuffer(), 0, bytes.Length, writable: false)))
        {
            rows = written.FileMetaData.NumRows;
            if (CuratedSchema.Drift(CuratedSchema.Current, written.FileMetaData.Schema) is { } drift)
                throw new SchemaDriftException(drift);
        }

        // No two names are alike: one that is there is this file, put before the answer was lost.
        var key = partition.NewDataKey(hour, created);
        await store.PutNewAsync(key, bytes, cancellation);
        _written.Add(new ManifestFile(
            key, hour, rows, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), CuratedSchema.Current, _flagged));
        _flagged = 0;
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>Reads a data file's bytes.</summary>
    /// <exception cref="DamagedFileException">It is missing, or <paramref name="verify"/> found another checksum.</exception>
    public static async Task<byte[]> GetAsync(IObjectStore store, ManifestFile file, bool verify, CancellationToken cancellation)
    {
        if (await store.GetAsync(file.Key, cancellation) is not { } bytes)
            throw new DamagedFileException($"{file.Key} is missing");
        if (bytes.Length != file.Bytes || (verify && Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Sha256))
            throw new DamagedFileException($"{file.Key} is not what its manifest says (SHA-256 or size)");
        return bytes;
    }
}

/// <summary>Buffers that one writer after another uses.</summary>
internal sealed class CuratedBuffers : IDisposable
{
    public CuratedColumns Columns { get; } = new();

    public MemoryStream File { get; } = new();

    public RowBuffer Rows { get; } = new();

    public void Dispose() => Columns.Dispose();
}

/// <summary>A data file is missing or damaged.</summary>
internal sealed class DamagedFileException(string message) : Exception(message);
