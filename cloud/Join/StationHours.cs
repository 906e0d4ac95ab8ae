using System.Runtime.InteropServices;

namespace IotGateway.Cloud.Join;

/// <summary>
/// Weather rows of many stations with an index by station and hour: each hour points at the last row before the hour's end, so that
/// the row as of a time is found without a search. Rows may come in any order and at any minute; of two with the same station and
/// time the later in the input counts. Memory: four bytes for each hour between a station's first row and its last.
/// </summary>
internal sealed class StationHours
{
    /// <summary>No row.</summary>
    public const int None = -1;

    internal const long MillisecondsAnHour = 3_600_000;

    /// <summary>Makes every time that can be positive, by whole hours: an unsigned division rounds down.</summary>
    private const long Shift = 20_000_000 * MillisecondsAnHour;
    private static readonly long Earliest = new DateTimeOffset(1800, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Stretch[] _spans;
    private readonly int[] _last;
    private readonly long[] _times;
    private readonly int[]? _rows;

    /// <param name="station">Each row's station, 0 to <paramref name="stations"/> − 1.</param>
    /// <param name="time">Each row's time, milliseconds since 1970 UTC, years 1800 to 2199.</param>
    /// <param name="stations">How many stations there are.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a station or time is out of range; the message names the
    /// row.</exception>
    public StationHours(ReadOnlySpan<int> station, ReadOnlySpan<long> time, int stations)
    {
        if (station.Length != time.Length)
            throw new ArgumentException(
                $"The station column has {station.Length} rows and the time column {time.Length}; expected as many.", nameof(time));
        for (var row = 0; row < time.Length; row++)
        {
            if ((uint)station[row] >= (uint)stations)
                throw new ArgumentException(
                    $"Weather row {row} has station {station[row]}; expected 0 to {stations - 1}.", nameof(station));
            if (time[row] < Earliest || time[row] >= Latest)
                throw new ArgumentException(
                    $"Weather row {row} has time {time[row]}; expected milliseconds since 1970 of the years 1800 to 2199.", nameof(time));
        }

        _rows = Order(station, time);
        _times = new long[time.Length];
        for (var i = 0; i < _times.Length; i++)
            _times[i] = time[Row(i)];
        _spans = Spans(station, stations);
        _last = new int[Place(_spans)];
        foreach (var span in _spans)
            Fill(span);
    }

    /// <summary>Hour number of a time, from a beginning of its own.</summary>
    private static long Hour(long time) => (long)((ulong)(time + Shift) / MillisecondsAnHour);

    /// <summary>The rows as of each reading, within <paramref name="maxAge"/>; <see cref="None"/> where there is none.</summary>
    /// <param name="station">The readings' stations; one that is not known has no weather.</param>
    /// <param name="time">The readings' times, milliseconds since 1970 UTC.</param>
    /// <param name="maxAge">How old weather may be, milliseconds.</param>
    /// <param name="into">Receives row numbers of the input.</param>
    public void Find(ReadOnlySpan<int> station, ReadOnlySpan<long> time, long maxAge, Span<int> into)
    {
        var (spans, last, times, rows) = (_spans, _last, _times, _rows);
        for (var i = 0; i < into.Length; i++)
        {
            var (at, of) = (time[i], station[i]);
            into[i] = None;
            if ((uint)of >= (uint)spans.Length || at < Earliest)
                continue;

            ref readonly var span = ref spans[of];
            var hour = Hour(at) - span.FirstHour;
            if (hour < 0 || span.Hours == 0)
                continue;

            var found = last[span.Base + (int)Math.Min(hour, span.Hours - 1)];
            while (found >= span.Start && times[found] > at)
                found--;
            if (found >= span.Start && at - times[found] <= maxAge)
                into[i] = rows is null ? found : rows[found];
        }
    }

    /// <summary>The rows by station and time, equal ones as they came; null when they are in that order already.</summary>
    private static int[]? Order(ReadOnlySpan<int> station, ReadOnlySpan<long> time)
    {
        var sorted = true;
        for (var i = 1; i < time.Length && sorted; i++)
            sorted = station[i - 1] < station[i] || (station[i - 1] == station[i] && time[i - 1] <= time[i]);
        if (sorted)
            return null;

        var keys = new (int Station, long Time, int Row)[time.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (station[i], time[i], i);
        Array.Sort(keys);
        return Array.ConvertAll(keys, k => k.Row);
    }

    private int Row(int sorted) => _rows is null ? sorted : _rows[sorted];

    private Stretch[] Spans(ReadOnlySpan<int> station, int stations)
    {
        var spans = new Stretch[stations];
        for (int start = 0, end; start < _times.Length; start = end)
        {
            var of = station[Row(start)];
            for (end = start + 1; end < _times.Length && station[Row(end)] == of; end++)
            {
                // On to the next station's first row.
            }

            var first = Hour(_times[start]);
            spans[of] = new Stretch { FirstHour = first, Hours = (int)(Hour(_times[end - 1]) - first) + 1, Start = start, End = end };
        }

        return spans;
    }

    private static int Place(Stretch[] spans)
    {
        var place = 0;
        foreach (ref var span in spans.AsSpan())
        {
            span.Base = place;
            place = checked(place + span.Hours);
        }

        return place;
    }

    private void Fill(in Stretch span)
    {
        var row = span.Start;
        for (var hour = 0; hour < span.Hours; hour++)
        {
            while (row + 1 < span.End && Hour(_times[row + 1]) <= span.FirstHour + hour)
                row++;
            _last[span.Base + hour] = row;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Stretch
    {
        public long FirstHour;
        public int Hours;
        public int Base;
        public int Start;
        public int End;
    }
}
