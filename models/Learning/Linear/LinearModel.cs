namespace IotGateway.Learning.Linear;

/// <summary>Weighted sum of features.</summary>
/// <param name="Intercept">The sum where every feature is 0.</param>
/// <param name="Coefficients">One a feature, in the features' order; 0 for one that is not used.</param>
internal sealed record LinearModel(double Intercept, IReadOnlyList<double> Coefficients)
{
    /// <summary>The sum of a row.</summary>
    public double At(double[] features)
    {
        var sum = Intercept;
        for (var i = 0; i < features.Length; i++)
            sum += Coefficients[i] * features[i];
        return sum;
    }
}
