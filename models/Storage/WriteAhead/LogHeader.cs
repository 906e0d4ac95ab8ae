using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;

namespace IotGateway.Storage.WriteAhead;

/// <summary>
/// Names the log's present generation. Two slots of one block each are written in turn, so that a torn write leaves the other whole.
/// Frames carry the random salt: what an earlier generation left in the file is not theirs.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogHeader(ulong Generation, ulong Salt)
{
    /// <summary>Both slots; frames follow.</summary>
    public const int AreaBytes = 2 * PageLog.BlockBytes;

    private const int UsedBytes = 28;

    private static ReadOnlySpan<byte> Magic => "IGWLOG01"u8;

    public static LogHeader Next(LogHeader before)
    {
        Span<byte> salt = stackalloc byte[8];
        RandomNumberGenerator.Fill(salt);
        return new(before.Generation + 1, BinaryPrimitives.ReadUInt64LittleEndian(salt));
    }

    /// <summary>The newest valid header, or the one of a given salt; null when there is none.</summary>
    public static LogHeader? Read(DiskFile file, ulong? salt)
    {
        LogHeader? newest = null;
        Span<byte> slot = stackalloc byte[UsedBytes];
        for (var i = 0; i < 2; i++)
        {
            if (file.Read(slot, i * PageLog.BlockBytes) < UsedBytes
                || !slot[..8].SequenceEqual(Magic)
                || LaneChecksum.Of(slot[..24]) != BinaryPrimitives.ReadUInt32LittleEndian(slot[24..]))
                continue;
            var header = new LogHeader(
                BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]), BinaryPrimitives.ReadUInt64LittleEndian(slot[16..]));
            if (salt is null ? newest is null || header.Generation > newest.Value.Generation : header.Salt == salt)
                newest = header;
        }

        return newest;
    }

    public void Write(DiskFile file)
    {
        Span<byte> slot = stackalloc byte[PageLog.BlockBytes];
        slot.Clear();
        Magic.CopyTo(slot);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], Generation);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[16..], Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[24..], LaneChecksum.Of(slot[..24]));
        file.Write(slot, (long)(Generation % 2) * PageLog.BlockBytes);
    }
}
