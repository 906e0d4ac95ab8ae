namespace IotGateway.Science.Hive.Signs;

/// <summary>A value between two ends that hold it with 80 %.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="Middle">The value.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Range80(double Low, double Middle, double High)
{
    /// <summary>The sum with another that does not depend on this one.</summary>
    public Range80 Plus(Range80 other)
    {
        var middle = Middle + other.Middle;
        return new(
            middle - Math.Sqrt(Square(Middle - Low) + Square(other.Middle - other.Low)), middle,
            middle + Math.Sqrt(Square(High - Middle) + Square(other.High - other.Middle)));
    }

    private static double Square(double value) => value * value;
}
