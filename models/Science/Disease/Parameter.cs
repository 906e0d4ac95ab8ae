namespace IotGateway.Science.Disease;

/// <summary>Number that a scenario rests on: a range, never a single value, with the source that it was taken from.</summary>
/// <param name="Name">In a reader's words.</param>
/// <param name="Unit">Of the range; empty for a share.</param>
/// <param name="Low">Lower end, 0 or more.</param>
/// <param name="High">Upper end, not below the lower.</param>
/// <param name="Source">Paper or data, with how the range follows from it; what of it is ours says so.</param>
public sealed record Parameter(string Name, string Unit, double Low, double High, string Source)
{
    /// <summary>
    /// Value of a draw: even over the range or, where its ends differ by more than five times, even over their logarithms, since such a
    /// range tells an order of magnitude.
    /// </summary>
    /// <param name="uniform">0 to 1.</param>
    internal double At(double uniform) => Low > 0 && High > 5 * Low ? Low * Math.Pow(High / Low, uniform) : Low + (uniform * (High - Low));
}
