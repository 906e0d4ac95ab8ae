using System.Runtime.InteropServices;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// One step of the disk policy: thin the batch to one in 2^<paramref name="Level"/> of what was appended, or drop it (level 0).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ThinningStep(int Level, long Sequence)
{
    public bool Drops => Level == 0;
}

/// <summary>
/// Decides which batch makes room when the buffer is full. Older data grows coarser: of the span held, the oldest half keeps one in 2,
/// the oldest quarter one in 4, then one in 8 and one in 16; when all that is done, the oldest batch goes. Pure: the same spans give
/// the same step.
/// </summary>
internal static class Thinning
{
    /// <summary>The deepest level; its batches keep one reading in 16.</summary>
    public const int Levels = 4;

    /// <param name="first">The oldest ordinary sequence held.</param>
    /// <param name="last">The newest ordinary sequence held.</param>
    /// <param name="through">For each level from 1, the sequence up to which it has been done; index 0 is unused.</param>
    public static ThinningStep Next(long first, long last, ReadOnlySpan<long> through)
    {
        var span = last - first + 1;
        var finer = long.MaxValue;
        for (var level = 1; level <= Levels; level++)
        {
            var next = Math.Max(through[level] + 1, first);
            if (next < first + (span >> level) && next <= finer)
                return new(level, next);
            finer = through[level];
        }

        return new(0, first);
    }

    /// <summary>Whole batches are thinned: is this one of those that level <paramref name="level"/> keeps?</summary>
    public static bool Keeps(long sequence, int level) => sequence % (1L << level) == 0;
}
