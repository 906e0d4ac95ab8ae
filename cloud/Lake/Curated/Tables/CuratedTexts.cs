using ParquetSharp;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>A column of texts, copied out of Parquet's pages before it lets go of them; a text that repeats is the same array.</summary>
internal sealed unsafe class CuratedTexts(int capacity)
{
    private readonly ByteArray[] _values = new ByteArray[capacity];
    private readonly short[] _has = new short[capacity];
    private readonly byte[]?[] _texts = new byte[]?[capacity];
    private byte[] _last = [];

    /// <summary>Reads the next texts; all empty when the file has no such column.</summary>
    public byte[]?[] Read(ColumnReader<ByteArray>? column, int count)
    {
        if (column is null)
        {
            Array.Fill(_texts, [], 0, count);
            return _texts;
        }

        for (var done = 0; done < count;)
        {
            column.ReadBatch(count - done, _values, out var read);
            Take(done, (int)read);
            done += Progress(read);
        }

        return _texts;
    }

    /// <summary>Reads the next texts of a column that may have none in a row.</summary>
    public byte[]?[] ReadOptional(ColumnReader<ByteArray>? column, int count)
    {
        for (var done = 0; done < count;)
        {
            var levels = (int)column!.ReadBatch(count - done, _has, default, _values, out _);
            for (int i = 0, value = 0; i < levels; i++)
                _texts[done + i] = _has[i] == 0 ? null : Text(_values[value++]);
            done += Progress(levels);
        }

        return _texts;
    }

    private void Take(int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var v = _values[i];
            _texts[from + i] = i > 0 && v.Pointer == _values[i - 1].Pointer && v.Length == _values[i - 1].Length ? _last : Text(v);
        }
    }

    private byte[] Text(ByteArray value)
    {
        var bytes = new ReadOnlySpan<byte>((void*)value.Pointer, value.Length);
        return bytes.SequenceEqual(_last) ? _last : _last = bytes.ToArray();
    }

    private static int Progress(long read) => read > 0 ? (int)read : throw new InvalidDataException("A column ends before its row group.");
}
