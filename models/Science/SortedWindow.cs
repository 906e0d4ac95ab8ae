namespace IotGateway.Science;

/// <summary>
/// Numbers of a sliding window, kept ascending: one takes another's place without an allocation and without sorting. For medians and
/// quantiles as of one hour after the other.
/// </summary>
/// <param name="capacity">Most numbers held at once.</param>
public sealed class SortedWindow(int capacity)
{
    /// <summary>So few are counted one by one, which waits for nothing; a halving waits for the one before.</summary>
    private const int Few = 16;

    private readonly double[] _values = new double[capacity];
    private int _count;

    /// <summary>The numbers held, ascending; valid until the next change.</summary>
    public ReadOnlySpan<double> Ascending => _values.AsSpan(0, _count);

    /// <summary>Lets one number go and takes another in; NaN is none.</summary>
    /// <exception cref="InputException">The number to go is not held, or there is no room for the other.</exception>
    public void Replace(double leaving, double entering)
    {
        if (double.IsNaN(entering))
        {
            Remove(leaving);
            return;
        }

        var place = PlaceOf(entering);
        var gap = double.IsNaN(leaving) ? Grow(entering) : Held(leaving);
        if (gap < place)
            _values.AsSpan((gap + 1)..place--).CopyTo(_values.AsSpan(gap));
        else
            _values.AsSpan(place..gap).CopyTo(_values.AsSpan(place + 1));
        _values[place] = entering;
    }

    private void Remove(double leaving)
    {
        if (double.IsNaN(leaving))
            return;
        var gap = Held(leaving);
        _values.AsSpan((gap + 1).._count--).CopyTo(_values.AsSpan(gap));
    }

    /// <summary>A place at the end, and its number.</summary>
    private int Grow(double entering) => _count < _values.Length
        ? _count++
        : throw new InputException("number to enter", entering, "a place free for it, or a number that leaves");

    private int Held(double leaving)
    {
        var place = PlaceOf(leaving);
        return place < _count && _values[place] == leaving
            ? place
            : throw new InputException("number to leave", leaving, "one of those held");
    }

    /// <summary>Count of the numbers that are less: found without a branch on them, as none could be foretold.</summary>
    private int PlaceOf(double value)
    {
        var (place, left) = (0, _count);
        while (left > Few)
        {
            var half = (left + 1) / 2;
            place += half * (_values[place + half - 1] < value ? 1 : 0);
            left -= half;
        }

        var less = 0;
        foreach (var other in _values.AsSpan(place, left))
            less += other < value ? 1 : 0;
        return place + less;
    }
}
