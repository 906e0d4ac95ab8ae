using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>Reads that end early at the file's end alone.</summary>
internal static class WholeRead
{
    /// <summary>Fills a span from a file.</summary>
    /// <returns>False where the file ends before it is full.</returns>
    public static bool Fill(SafeFileHandle file, Span<byte> destination, long offset)
    {
        for (var done = 0; done < destination.Length;)
        {
            var read = RandomAccess.Read(file, destination[done..], offset + done);
            if (read == 0)
                return false;
            done += read;
        }

        return true;
    }
}
