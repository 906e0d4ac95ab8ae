using System.Runtime.InteropServices;
using ParquetSharp;
using ParquetSharp.IO;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>
/// Writes rows that come sorted into a Parquet file: zstd, statistics, texts by dictionary. Rows wait in columns until a row group is full,
/// and nothing is allocated a row.
/// </summary>
internal sealed unsafe class CuratedFileWriter : IDisposable
{
    private readonly CuratedColumns _columns;
    private readonly ManagedOutputStream _output;
    private readonly ParquetFileWriter _file;
    private readonly WriterProperties _properties;

    public CuratedFileWriter(Stream to, CuratedColumns columns)
    {
        _columns = columns;
        _output = new ManagedOutputStream(to, leaveOpen: true);
        _properties = Properties();
        using var node = CuratedSchema.Node(CuratedSchema.Current);
        _file = new ParquetFileWriter(_output, node, _properties);
    }

    public long Rows { get; private set; }

    public void Add(in CuratedRow row)
    {
        Rows++;
        if (_columns.Add(row))
            WriteGroup();
    }

    /// <summary>Writes what waits, and the file's end.</summary>
    public void Close()
    {
        if (_columns.Count > 0)
            WriteGroup();
        _file.Close();
    }

    public void Dispose()
    {
        _columns.Clear();
        _file.Dispose();
        _properties.Dispose();
        _output.Dispose();
    }

    private static WriterProperties Properties()
    {
        using var builder = new WriterPropertiesBuilder();
        return builder
            .Compression(Compression.Zstd)
            .DataPagesize(256 * 1024)
            .DisableDictionary(CuratedSchema.Time)
            .DisableDictionary(CuratedSchema.Received)
            .Encoding(CuratedSchema.Time, Encoding.DeltaBinaryPacked)
            .Encoding(CuratedSchema.Received, Encoding.DeltaBinaryPacked)
            .SortingColumns(
                [new WriterProperties.SortingColumn(0), new WriterProperties.SortingColumn(1), new WriterProperties.SortingColumn(2)])
            .Build();
    }

    private void WriteGroup()
    {
        var c = _columns;
        using (var group = _file.AppendRowGroup())
        {
            Put(group, c.Devices);
            Put(group, c.Metrics);
            Put(group, c.Times);
            Put(group, c.Values);
            Put(group, c.Units);
            Put(group, c.Qualities);
            Put(group, c.Received);
            Put(group, c.Gateways);
            PutOptional(group, c.HasHive, c.Hives);
            PutOptional(group, c.HasSite, c.Sites);
        }

        c.Clear();
    }

    private static void Put<T>(RowGroupWriter group, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using var column = (ColumnWriter<T>)group.NextColumn();
        column.WriteBatch(values);
    }

    private static void PutOptional(RowGroupWriter group, ReadOnlySpan<short> has, ReadOnlySpan<ByteArray> values)
    {
        using var column = (ColumnWriter<ByteArray>)group.NextColumn();
        column.WriteBatch(has.Length, has, [], values);
    }
}
