namespace IotGateway.Learning.Linear;

/// <summary>Linear model as learnt with some rows held out.</summary>
/// <param name="HeldOut">The hive, yard or apiary whose rows it has not seen; <see cref="None"/> where it has seen all.</param>
/// <param name="Target">What it says.</param>
/// <param name="Model">Its sum.</param>
/// <param name="Low">The 10 % quantile of its errors on groups that were left out in turn.</param>
/// <param name="High">The 90 % quantile.</param>
/// <param name="Interval">The name of the way in which its interval is made; null where the two quantiles make it.</param>
internal sealed record LearntLine(string HeldOut, string Target, LinearModel Model, double Low, double High, string? Interval = null)
{
    public const string None = "none";
}
