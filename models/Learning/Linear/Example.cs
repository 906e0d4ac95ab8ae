namespace IotGateway.Learning.Linear;

/// <summary>Row that a linear model learns from.</summary>
/// <param name="Group">The hive, yard or apiary that it is held out with.</param>
/// <param name="Features">What was known, one value a feature, all finite.</param>
/// <param name="Target">What came, on the scale that the model adds up on.</param>
internal sealed record Example(string Group, double[] Features, double Target);
