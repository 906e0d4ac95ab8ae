using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace IotGateway.Science.Tests.Analyst;

/// <summary>A GeoTIFF of three by two fuel codes, in cells of 25 m of UTM zone 10.</summary>
internal static class SampleTiff
{
    public static void Write(string path, Compression compression = Compression.NONE, bool tiled = false)
    {
        Tiff.SetTagExtender(Extend);
        using var tiff = Tiff.Open(path, "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, 3);
        tiff.SetField(TiffTag.IMAGELENGTH, 2);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 16);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.UINT);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.COMPRESSION, compression);
        tiff.SetField((TiffTag)33550, 3, new double[] { 25, 25, 0 });
        tiff.SetField((TiffTag)33922, 6, new double[] { 0, 0, 0, 400_000, 5_500_000, 0 });
        tiff.SetField((TiffTag)34735, 8, new short[] { 1, 1, 0, 1, 3072, 0, 1, 32610 });
        if (tiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, 16);
            tiff.SetField(TiffTag.TILELENGTH, 16);
            tiff.WriteTile(new byte[2 * 16 * 16], 0, 0, 0, 0);
            return;
        }

        tiff.SetField(TiffTag.ROWSPERSTRIP, 2);
        tiff.WriteScanline([1, 0, 2, 0, 3, 0], 0);
        tiff.WriteScanline([101, 0, 102, 0, 144, 1], 1);
    }

    /// <summary>Makes the file say another number in one of its tags.</summary>
    public static void Claim(string path, int tag, int number)
    {
        var bytes = File.ReadAllBytes(path);
        var directory = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        for (var i = 0; i < BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(directory)); i++)
        {
            var entry = bytes.AsSpan(directory + 2 + (12 * i), 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) != tag)
                continue;
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 4); // a whole number of 32 bits
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], number);
        }

        File.WriteAllBytes(path, bytes);
    }

    private static void Extend(Tiff tiff) => tiff.MergeFieldInfo(
        [
            new TiffFieldInfo((TiffTag)33550, -1, -1, TiffType.DOUBLE, FieldBit.Custom, true, true, "ModelPixelScale"),
            new TiffFieldInfo((TiffTag)33922, -1, -1, TiffType.DOUBLE, FieldBit.Custom, true, true, "ModelTiepoint"),
            new TiffFieldInfo((TiffTag)34735, -1, -1, TiffType.SHORT, FieldBit.Custom, true, true, "GeoKeyDirectory"),
        ],
        3);
}
