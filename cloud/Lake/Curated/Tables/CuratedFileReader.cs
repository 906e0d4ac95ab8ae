using ParquetSharp;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>Reads a data file's rows in their order, a few thousand at a time. For one reader.</summary>
internal sealed class CuratedFileReader : IDisposable
{
    private const int BatchRows = 4096;

    private readonly ParquetFileReader _file;
    private readonly int[] _index;
    private readonly CuratedBatch _batch = new(BatchRows);
    private readonly Func<string, string, bool>? _wanted;
    private RowGroupReader? _group;
    private CuratedGroup? _columns;
    private int _groupNumber = -1;
    private int _at;

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="schema">Its schema's version.</param>
    /// <param name="wanted">Which row groups to read by their least and greatest device; null for all.</param>
    /// <exception cref="SchemaDriftException">Its columns are not that version's.</exception>
    /// <exception cref="InvalidDataException">It is no Parquet file.</exception>
    public CuratedFileReader(byte[] bytes, int schema, Func<string, string, bool>? wanted = null)
    {
        _wanted = wanted;
        _file = Own(() => new ParquetFileReader(new MemoryStream(bytes, writable: false)));
        if (Own(() => CuratedSchema.Drift(schema, _file.FileMetaData.Schema)) is { } drift)
        {
            _file.Dispose();
            throw new SchemaDriftException(drift);
        }

        var columns = Enumerable.Range(0, _file.FileMetaData.NumColumns)
            .ToDictionary(i => _file.FileMetaData.Schema.Column(i).Name, StringComparer.Ordinal);
        _index = [.. CuratedSchema.All.Select(c => columns.TryGetValue(c.Name, out var at) ? at : -1)];
    }

    /// <summary>Opens a file that does not say its schema.</summary>
    /// <exception cref="SchemaDriftException">Its columns are no version's.</exception>
    public static CuratedFileReader OfAnySchema(byte[] bytes, Func<string, string, bool>? wanted)
    {
        for (var schema = CuratedSchema.Current; ; schema--)
        {
            try
            {
                return new CuratedFileReader(bytes, schema, wanted);
            }
            catch (SchemaDriftException) when (schema > 1)
            {
                // An older one.
            }
        }
    }

    public long Rows => _file.FileMetaData.NumRows;

    /// <summary>Moves to the next row.</summary>
    /// <returns>False behind the last.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Next(out CuratedRow row)
    {
        while (_at == _batch.Count)
        {
            _at = 0;
            if (_columns is not null && Own(() => _batch.Fill(_columns)))
                continue;
            if (!Own(NextGroup))
            {
                row = default;
                return false;
            }
        }

        row = _batch.Rows[_at++];
        return true;
    }

    public void Dispose()
    {
        _columns?.Dispose();
        _group?.Dispose();
        _file.Dispose();
    }

    /// <summary>The library's failures in our words: damaged bytes end in several of them.</summary>
    private static T Own<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ParquetException or OverflowException or ArgumentException or InvalidCastException
            or NotSupportedException or IndexOutOfRangeException or NullReferenceException or OutOfMemoryException)
        {
            throw new InvalidDataException($"A data file cannot be read: {e.Message}", e);
        }
    }

    private bool NextGroup()
    {
        _columns?.Dispose();
        _group?.Dispose();
        (_columns, _group) = (null, null);
        _batch.Clear();
        while (++_groupNumber < _file.FileMetaData.NumRowGroups)
        {
            _group = _file.RowGroup(_groupNumber);
            if (IsWanted(_group))
            {
                _columns = new CuratedGroup(_group, _index);
                return true;
            }

            _group.Dispose();
            _group = null;
        }

        return false;
    }

    private bool IsWanted(RowGroupReader group)
    {
        if (_wanted is null)
            return true;
        using var chunk = group.MetaData.GetColumnChunkMetaData(_index[0]);
        using var statistics = chunk.Statistics as Statistics<ByteArray>;
        return statistics is not { HasMinMax: true } || _wanted(Text(statistics.Min), Text(statistics.Max));
    }

    private static unsafe string Text(ByteArray bytes) => System.Text.Encoding.UTF8.GetString((byte*)bytes.Pointer, bytes.Length);
}

/// <summary>A file's columns are not those of its schema's version.</summary>
internal sealed class SchemaDriftException(string message) : Exception(message);
