namespace IotGateway.Science.Hive.Weight;

/// <summary>Kinds of a sudden change of weight.</summary>
public enum StepKind
{
    /// <summary>Within written hours of work: taken out, whatever it was.</summary>
    Work,

    /// <summary>More than a colony gains or loses in that time, and nothing is written: taken out.</summary>
    Unwritten,

    /// <summary>A loss that a departing swarm can make, or a box taken off: left in, for a person to tell.</summary>
    Fall,
}

/// <summary>Sudden change of weight between two readings.</summary>
/// <param name="From">The last reading before it.</param>
/// <param name="To">The first reading after it.</param>
/// <param name="Kilograms">By how much, kg; negative for a loss.</param>
/// <param name="Kind">What it is taken for.</param>
/// <param name="SpreadKilograms">Standard deviation of what of it was the scale's noise or the colony's own, kg.</param>
public sealed record WeightStep(DateTimeOffset From, DateTimeOffset To, double Kilograms, StepKind Kind, double SpreadKilograms)
{
    /// <summary>The change is no part of the net weight.</summary>
    public bool IsTakenOut => Kind != StepKind.Fall;
}
