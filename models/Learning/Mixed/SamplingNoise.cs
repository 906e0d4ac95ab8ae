namespace IotGateway.Learning.Mixed;

/// <summary>Chance in a row that no other row shares: less, the more colonies the state has.</summary>
/// <param name="Variance">Of a state with 20,000 colonies, beside the floor.</param>
/// <param name="Power">How fast it falls with the colonies: 1 where they are lost one by one, 0 where their number is of no use.</param>
/// <param name="Floor">What is left in the largest state.</param>
internal sealed record SamplingNoise(double Variance, double Power, double Floor)
{
    private const double UsualColonies = 20_000;

    public double Of(double colonies) => Variance * Math.Pow(colonies / UsualColonies, -Power) + Floor;
}
