using System.Globalization;
using IotGateway.Tables;

namespace IotGateway.Analyst.Spread;

/// <summary>
/// The time that rows tell, in whichever columns: time (or datetime, timestamp), or yr, mon, day and hr, or hr alone. Each row is the hour
/// after the one before it.
/// </summary>
internal sealed class RowClock
{
    private static readonly string[] Day = ["yr", "mon", "day", "hr"];
    private readonly Func<TableRow, double>? _hours;
    private readonly string? _named;
    private double? _before;

    public RowClock(Table table)
    {
        if (Array.Find(["time", "datetime", "timestamp"], table.Has) is { } time)
            (Columns, _named, _hours) = ([time], time, row => (row.Time(time) - DateTime.MinValue).TotalHours);
        else if (Array.TrueForAll(Day, table.Has))
            (Columns, _named, _hours) = (Day, "hr", row => row.Date("yr", "mon", "day").DayNumber * 24 + Hour(row));
        else if (table.Has("hr"))
            (Columns, _named, _hours) = (["hr"], "hr", row => Hour(row));
    }

    /// <summary>Columns that it reads; none where rows tell no time.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <exception cref="TableException">The row is not of the hour after the one before it.</exception>
    public void Check(TableRow row)
    {
        if (_hours is null)
            return;
        var time = _hours(row);
        if (time - _before is { } hours && Math.Abs(hours - 1) > 1e-6 && !(Columns.Count == 1 && _named == "hr" && hours == -23))
        {
            throw row.Refused(
                _named!, string.Create(
                    CultureInfo.InvariantCulture, $"the hour after that of the row before it, which is {hours:0.##} h away"));
        }

        _before = time;
    }

    private static int Hour(TableRow row) =>
        row.Whole("hr") is >= 0 and <= 24 and var hour ? hour : throw row.Refused("hr", "an hour from 0 to 24");
}
