namespace IotGateway.Learning.Mixed;

/// <summary>Random effect: a deviation from the mean that rows have in common, such as a state's.</summary>
/// <param name="Name">Its name in cards and reasons.</param>
/// <param name="SharedBy">The properties that rows must share to share it.</param>
/// <param name="Variance">How large it is, in percent (the model stands on the root of the percentage); at least 0.</param>
/// <param name="Years">The time in which rows come to share only 1/e of it; null where it lasts.</param>
internal sealed record Effect(string Name, SharedBy SharedBy, double Variance, double? Years);
