using MathNet.Numerics.Distributions;

namespace IotGateway.Learning.Mixed;

/// <summary>Distribution of a percentage, whose root is taken as normal.</summary>
/// <param name="Root">The mean of the root.</param>
/// <param name="Deviation">The standard deviation of the root, above 0.</param>
internal readonly record struct Prediction(double Root, double Deviation)
{
    /// <summary>The median, %.</summary>
    public double Median => Percent(Root);

    /// <summary>The value that the percentage stays below with a probability, %.</summary>
    public double Quantile(double probability) => Percent(Root + Deviation * Normal.InvCDF(0, 1, probability));

    /// <summary>The probability that the survey prints at least a whole percentage: it rounds, so half a point less is enough.</summary>
    public double ProbabilityOfAtLeast(int percent) => 1 - Normal.CDF(0, 1, (Math.Sqrt(percent - 0.5) - Root) / Deviation);

    private static double Percent(double root) => Math.Min(root > 0 ? root * root : 0, 100);
}
