namespace IotGateway.Science;

/// <summary>Medians of numbers.</summary>
public static class Medians
{
    /// <summary>The middle one, or the mean of the middle two.</summary>
    /// <param name="values">At least one, none of them NaN; sorted in place.</param>
    /// <returns>The median, in the unit of the values.</returns>
    public static double Of(Span<double> values)
    {
        values.Sort();
        return OfAscending(values);
    }

    /// <summary>The same number without sorting, several times sooner where they are many: only the middle is found (Hoare 1961).</summary>
    /// <param name="values">At least one, none of them NaN; left in another order, which is none.</param>
    /// <returns>The median, in the unit of the values.</returns>
    public static double Find(Span<double> values)
    {
        var middle = values.Length / 2;
        Select(values, middle);
        if (values.Length % 2 == 1)
            return values[middle];
        var below = values[0];
        foreach (var value in values[1..middle])
            below = Math.Max(below, value);
        return (below + values[middle]) / 2;
    }

    /// <summary>The same of values that ascend already.</summary>
    /// <param name="values">At least one, none of them NaN.</param>
    /// <returns>The median, in the unit of the values.</returns>
    public static double OfAscending(ReadOnlySpan<double> values) =>
        (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;

    /// <summary>Puts the value of a rank in its place, the smaller before it and the greater behind it.</summary>
    private static void Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var (pivot, left, right) = (values[(low + high) / 2], low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (rank <= right)
                high = right;
            else if (rank >= left)
                low = left;
            else
                return;
        }
    }
}
