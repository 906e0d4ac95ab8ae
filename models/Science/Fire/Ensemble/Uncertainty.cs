using IotGateway.Science.Fire.Spread;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>
/// Standard deviations by which the forecast may be off. The defaults are ours: about what a day-ahead
/// forecast errs by, and a rate of spread that two times in three is right within a third (the literature has
/// ±20 to 310 %, with ±35 % proposed as the standard).
/// </summary>
public sealed record Uncertainty
{
    /// <summary>Wind speed, as a share of itself (log-normal), 0 to 2. The default value is 0.2.</summary>
    public double WindShare { get; init; } = 0.2;

    /// <summary>Wind direction, degrees (normal), 0 to 180. The default value is 15.</summary>
    public double WindDirectionDegrees { get; init; } = 15;

    /// <summary>FFMC, points (normal), 0 to 50. The default value is 1.5.</summary>
    public double Ffmc { get; init; } = 1.5;

    /// <summary>Rate of spread for fuel and model, as a share of itself (log-normal), 0 to 2. The default value is 0.35.</summary>
    public double RateShare { get; init; } = 0.35;

    /// <summary>Refuses uncertainties that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Check.Within(WindShare, 0, 2, "uncertainty of wind speed");
        Check.Within(WindDirectionDegrees, 0, 180, "uncertainty of wind direction (degrees)");
        Check.Within(Ffmc, 0, 50, "uncertainty of FFMC");
        Check.Within(RateShare, 0, 2, "uncertainty of rate of spread");
    }

    /// <summary>The disturbance of one member: the same for the same seed and member, whatever runs beside it.</summary>
    internal Disturbance Draw(int seed, int member)
    {
        var random = new NormalDraws(((ulong)(uint)seed << 32) | (uint)member);
        return new Disturbance(
            Math.Exp(WindShare * random.Next()),
            WindDirectionDegrees * random.Next(),
            Ffmc * random.Next(),
            Math.Clamp(Math.Exp(RateShare * random.Next()), 0.01, 100));
    }
}
