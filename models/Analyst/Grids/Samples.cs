using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace IotGateway.Analyst.Grids;

/// <summary>The numbers of a TIFF's band, in strips or in tiles.</summary>
internal sealed class Samples(Tiff tiff, string path)
{
    /// <summary>More bytes come of a compressed one in no compression that TIFF has.</summary>
    private const int MostUnpacked = 4096;

    private readonly int _bits = Field(tiff, TiffTag.BITSPERSAMPLE);
    private readonly SampleFormat _format = (SampleFormat)Field(tiff, TiffTag.SAMPLEFORMAT);

    public float[] Read(int columns, int rows)
    {
        if (Field(tiff, TiffTag.SAMPLESPERPIXEL) != 1)
            throw GeoTiff.Broken(path, "of several bands");
        if (_bits is not (8 or 16 or 32 or 64))
            throw GeoTiff.Broken(path, $"of {_bits}-bit samples");
        RequireBytes(columns, rows);
        var values = new float[checked(columns * rows)];
        if (tiff.IsTiled())
            ReadTiles(values, columns, rows);
        else
            ReadLines(values, columns, rows);
        return values;
    }

    private void ReadLines(float[] values, int columns, int rows)
    {
        var line = new byte[tiff.ScanlineSize()];
        for (var row = 0; row < rows; row++)
        {
            if (!tiff.ReadScanline(line, row))
                throw GeoTiff.Broken(path, $"broken at row {row + 1}");
            for (var column = 0; column < columns; column++)
                values[row * columns + column] = Value(line, column);
        }
    }

    private void ReadTiles(float[] values, int columns, int rows)
    {
        var (width, height) = (Field(tiff, TiffTag.TILEWIDTH), Field(tiff, TiffTag.TILELENGTH));
        if (width is < 1 or > AsciiGrid.MostCells || height is < 1 or > AsciiGrid.MostCells)
            throw GeoTiff.Broken(path, $"of tiles of {width} × {height} cells");
        RequireBytes(width, height);
        var tile = new byte[tiff.TileSize()];
        for (var top = 0; top < rows; top += height)
        {
            for (var left = 0; left < columns; left += width)
            {
                if (tiff.ReadTile(tile, 0, left, top, 0, 0) < 0)
                    throw GeoTiff.Broken(path, $"broken at row {top + 1}, column {left + 1}");
                for (var row = top; row < Math.Min(top + height, rows); row++)
                {
                    for (var column = left; column < Math.Min(left + width, columns); column++)
                        values[row * columns + column] = Value(tile, (row - top) * width + column - left);
                }
            }
        }
    }

    /// <summary>Refuses what says it holds more than its bytes can: memory is taken by what the file has, not by what it says.</summary>
    private void RequireBytes(int columns, int rows)
    {
        var length = new FileInfo(path).Length;
        var packed = tiff.GetField(tiff.IsTiled() ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS)?[0].ToIntArray() ?? [];
        if ((long)columns * rows * _bits / 8 > MostUnpacked * length || Array.Exists(packed, count => count < 0 || count > length))
            throw GeoTiff.Broken(path, $"of {length:N0} bytes, too few for its {columns:N0} × {rows:N0} cells");
    }

    /// <summary>LibTiff has brought the bytes into the machine's own order, which is little-endian wherever .NET runs on it.</summary>
    private float Value(byte[] bytes, int index)
    {
        var at = bytes.AsSpan(index * _bits / 8);
        return (_format, _bits) switch
        {
            (SampleFormat.UINT, 8) => at[0],
            (SampleFormat.INT, 8) => (sbyte)at[0],
            (SampleFormat.UINT, 16) => BinaryPrimitives.ReadUInt16LittleEndian(at),
            (SampleFormat.INT, 16) => BinaryPrimitives.ReadInt16LittleEndian(at),
            (SampleFormat.UINT, 32) => BinaryPrimitives.ReadUInt32LittleEndian(at),
            (SampleFormat.INT, 32) => BinaryPrimitives.ReadInt32LittleEndian(at),
            (SampleFormat.IEEEFP, 32) => BinaryPrimitives.ReadSingleLittleEndian(at),
            (SampleFormat.IEEEFP, 64) => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
            _ => throw GeoTiff.Broken(path, $"of {_bits}-bit samples of kind {_format}"),
        };
    }

    private static int Field(Tiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag)[0].ToInt();
}
