namespace IotGateway.Cloud.Join;

/// <summary>
/// The as-of join of readings with weather, over columns: to each reading the latest weather row of its station at or before its
/// time, no older than a given age; none otherwise. The same as the files in <c>cloud/Join/Sql</c>. It never looks ahead.
/// </summary>
internal static class AsOfJoin
{
    /// <summary>Below this many readings a second thread costs more than it saves.</summary>
    private const int Block = 128 * 1024;

    /// <summary>Finds the weather row of each reading; readings may come in any order.</summary>
    /// <param name="weather">The weather rows, indexed.</param>
    /// <param name="station">Each reading's station.</param>
    /// <param name="time">Each reading's time, milliseconds since 1970 UTC.</param>
    /// <param name="maxAge">How old weather may be and still count.</param>
    /// <param name="into">Receives the weather row's number, or <see cref="StationHours.None"/>.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or the age is negative.</exception>
    public static void Rows(StationHours weather, ReadOnlyMemory<int> station, ReadOnlyMemory<long> time, TimeSpan maxAge, Memory<int> into)
    {
        if (station.Length != time.Length || into.Length != time.Length)
            throw new ArgumentException(
                $"The columns have {station.Length}, {time.Length} and {into.Length} rows; expected as many.", nameof(into));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        var age = maxAge.Ticks / TimeSpan.TicksPerMillisecond;
        InBlocks(time.Length, (from, count) =>
            weather.Find(station.Span.Slice(from, count), time.Span.Slice(from, count), age, into.Span.Slice(from, count)));
    }

    /// <summary>Brings a weather column to the readings; where there is no row, <paramref name="missing"/>.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static void Take<T>(ReadOnlyMemory<T> column, ReadOnlyMemory<int> rows, T missing, Memory<T> into)
    {
        if (rows.Length != into.Length)
            throw new ArgumentException($"The columns have {rows.Length} and {into.Length} rows; expected as many.", nameof(into));
        InBlocks(rows.Length, (from, count) =>
        {
            var values = column.Span;
            var of = rows.Span.Slice(from, count);
            var to = into.Span.Slice(from, count);
            for (var i = 0; i < to.Length; i++)
                to[i] = of[i] >= 0 ? values[of[i]] : missing;
        });
    }

    private static void InBlocks(int length, Action<int, int> work)
    {
        if (length <= Block)
            work(0, length);
        else
            Parallel.For(0, (length + Block - 1) / Block, block => work(block * Block, Math.Min(Block, length - block * Block)));
    }
}
